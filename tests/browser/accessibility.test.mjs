// SPDX-License-Identifier: Apache-2.0
// axe-core finds nothing serious or critical, in any view, at any width, light or dark; headings and keyboard are in order.
import assert from "node:assert/strict";
import {createRequire} from "node:module";
import {readFileSync} from "node:fs";
import test from "node:test";
import {desk, makeExample, open, phone} from "./support.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

// The page's own policy lets no other script in, so the checker comes in beside it.
async function findings(page) {
  await page.evaluate(axe);
  const {violations, passes} = await page.evaluate(() => window.axe.run(document, {resultTypes: ["violations"]}));
  assert.ok(passes.length > 10, "the checker ran");
  return violations.filter(({impact}) => impact === "serious" || impact === "critical")
    .map(({id, nodes}) => `${id}: ${nodes.slice(0, 3).map((node) => `${node.target} ${node.failureSummary}`).join("; ")}`);
}

for (const [example, size, colorScheme] of [["syria-2016-09", desk, "light"], ["syria-2016-09", phone, "dark"],
  ["minsk-2", desk, "dark"], ["korea-1953", phone, "light"]]) {
  test(`${example}, ${size.width} px, ${colorScheme}`, async () => {
    const page = await open(makeExample(example), {size, colorScheme, bypassCSP: true});
    await page.evaluate(() => { for (const details of document.querySelectorAll("details")) details.open = true; });
    assert.deepEqual(await findings(page), []);
    await page.evaluate(() => truce.open(truce.order.find((incident) => incident.o === "contested")));
    await page.locator("#incident h2").waitFor();
    assert.deepEqual(await findings(page), []);
  });
}

test("with a choice made, and the checker sees what is wrong", async () => {
  const page = await open(makeExample("minsk-2"), {bypassCSP: true});
  await page.evaluate(() => truce.choose({marks: new Set(["contested"]), text: "a"}));
  assert.deepEqual(await findings(page), []);
  await page.evaluate(() => document.getElementById("shown-reset").replaceChildren());
  assert.match((await findings(page)).join(), /button-name/);
});

test("headings and landmarks are in order, every control has a name", async () => {
  const page = await open(makeExample("syria-2016-09"));
  for (const fragment of ["", "incident=0919-urum-al-kubra-convoy"]) {
    await page.goto(`${page.address}#${fragment}`);
    const levels = await page.evaluate(() => [...document.querySelectorAll("h1,h2,h3,h4,h5")].filter((title) => title.checkVisibility()).map((title) => Number(title.tagName[1])));
    assert.equal(levels[0], 1);
    assert.equal(levels.filter((level) => level === 1).length, 1);
    levels.slice(1).forEach((level, index) => assert.ok(level <= levels[index] + 1, `h${level} behind h${levels[index]}`));
    for (const tag of ["header", "main", "footer"]) assert.equal(await page.locator(tag).count(), 1, tag);
  }
});

test("the first Tab leads past everything, and every stop can be seen", async () => {
  const page = await open(makeExample("minsk-2"));
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
  assert.ok(await page.locator(".skip").evaluate((link) => link.getBoundingClientRect().top >= 0));
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "main");
  const unseen = [];
  for (let stop = 0; stop < 60; stop += 1) {
    await page.keyboard.press("Tab");
    const [name, style, width] = await page.evaluate(() => {
      const {activeElement} = document, {outlineStyle, outlineWidth} = getComputedStyle(activeElement);
      return [activeElement.outerHTML.slice(0, 80), outlineStyle, parseFloat(outlineWidth)];
    });
    if (style === "none" || width < 2) unseen.push(name);
  }
  assert.deepEqual(unseen, []);
});
