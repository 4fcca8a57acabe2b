// SPDX-License-Identifier: Apache-2.0
// The page of separation in a browser: it asks for nothing, fits any width, is accessible, and says in tables what it draws.
import assert from "node:assert/strict";
import {execFileSync} from "node:child_process";
import {readFileSync} from "node:fs";
import {createRequire} from "node:module";
import {join, resolve} from "node:path";
import test from "node:test";
import {assertFits, desk, keepPicture, keptPath, narrow, open, phone, root} from "./support.mjs";

const program = process.env.TRUCE_PROGRAM ?? join(root, "build/dev/truce");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const path = keptPath("separation.html");
execFileSync(program, ["separate", resolve(root, "examples/syria-2016-09/agreement.truce"), "--presence",
  resolve(root, "examples/east-aleppo-2016/presence.csv"), "--between", "Government", "--and", "Opposition", "--at", "2016-09-12",
  "--window", "4d", "--move", "sukkari=36.19,37.10", "--format", "html", "--output", path], {stdio: ["ignore", "ignore", "inherit"]});

for (const [screen, size, colorScheme] of [["desk", desk, "light"], ["phone", phone, "dark"]]) {
  test(`${screen}, ${colorScheme}: fits, asks for nothing, axe finds nothing`, async () => {
    const page = await open(path, {size, colorScheme, bypassCSP: true});
    await assertFits(page);
    assert.deepEqual(page.errors, []);
    assert.deepEqual(page.requests, [page.address]);
    await keepPicture(page, `separation-${screen}-${colorScheme}`);
    await page.evaluate(axe);
    const {violations, passes} = await page.evaluate(() => window.axe.run(document, {resultTypes: ["violations"]}));
    assert.ok(passes.length > 10, "the checker ran");
    assert.deepEqual(violations.map(({id, nodes}) => `${id}: ${nodes[0].target} ${nodes[0].failureSummary}`), []);
    await page.setViewportSize(narrow);
    await assertFits(page);
  });
}

test("every belt and the line is a stop of the keyboard that leads to its words", async () => {
  const page = await open(path);
  const stops = [];
  for (let tries = 0; tries < 12 && stops.length < 3; tries += 1) {
    await page.keyboard.press("Tab");
    const name = await page.evaluate(() => document.activeElement.classList.contains("mark") ? document.activeElement.getAttribute("aria-label") : "");
    if (name) stops.push(name);
    if (stops.length === 1 && name) {
      await page.keyboard.press("Enter");
      assert.equal(await page.locator(":target h3").textContent(), "3.1 Government");
      await page.locator(".desk a.mark").first().focus();
    }
  }
  assert.deepEqual(stops, ["Belt of 3500 m for clause 3.1, Government", "Belt of 3500 m for clause 3.1, Opposition",
    "The line, a proposal endorsed by nobody"]);
});

test("it says that nobody endorses it, shows who must move and no other, in file order", async () => {
  const page = await open(path);
  assert.match(await page.locator(".notice").textContent(), /endorsed by nobody/);
  assert.equal(await page.locator(".desk svg .stamp").first().textContent(), "A proposal, not endorsed");
  const shown = await page.locator("#moves tbody th").allTextContents();
  const files = readFileSync(resolve(root, "examples/east-aleppo-2016/presence.csv"), "utf8").split("\n").map((row) => row.split(",")[0]);
  assert.ok(shown.length > 3);
  assert.deepEqual(shown, [...new Set(files)].filter((id) => shown.includes(id)));
  const marks = await page.locator("#line .desk .first, #line .desk .second").count();
  assert.equal(marks, shown.length);
  const rest = await page.evaluate(() => { document.querySelector("#moves").remove(); document.querySelector("#tried").remove(); return document.body.textContent; });
  for (const id of files.slice(1).filter((one) => one)) assert.ok(!rest.includes(id), id);
});

test("the report of the monitor says account by account what is kept apart, and nothing of where", async () => {
  const folder = resolve(root, "tests/golden/monitor/presence/two_accounts");
  const out = keptPath("kept-apart");
  execFileSync(program, ["monitor", join(folder, "case.truce"), "--incidents", join(folder, "incidents.csv"), "--presence",
    join(folder, "presence.csv"), "--apart-for", "7d", "--output", out], {stdio: ["ignore", "ignore", "inherit"]});
  for (const size of [desk, phone]) {
    const page = await open(join(out, "report.html"), {size, bypassCSP: true});
    await assertFits(page);
    assert.deepEqual(page.errors, []);
    const said = await page.evaluate(() => [...document.querySelectorAll("h3")].filter((head) => head.textContent.includes("1.1 South"))
      .map((head) => head.closest("section, details, div").textContent).find((text) => text.includes("Mission")) ?? "");
    for (const word of ["Mission", "North", "South", "0.00"]) assert.ok(said.includes(word), `${word} in: ${said}`);
    await page.evaluate(axe);
    const {violations} = await page.evaluate(() => window.axe.run(document, {resultTypes: ["violations"]}));
    assert.deepEqual(violations.map(({id, nodes}) => `${id}: ${nodes[0].target}`), []);
    const text = await page.evaluate(() => document.body.textContent);
    for (const row of readFileSync(join(folder, "presence.csv"), "utf8").trim().split("\n").slice(1)) {
      for (const told of row.split(",").filter((field) => /\d\.\d{2,}/.test(field))) assert.ok(!text.includes(told), told);
    }
  }
});

test("what was tried stands beside what was before", async () => {
  const page = await open(path);
  assert.equal(await page.locator("#tried tbody tr").count(), 4);
  assert.equal(await page.locator("#line .desk .before-line").count(), 1);
  const least = await page.evaluate(() => Math.min(...[...document.querySelectorAll(".desk svg text")].map((text) =>
    parseFloat(getComputedStyle(text).fontSize) * text.ownerSVGElement.getBoundingClientRect().width / text.ownerSVGElement.viewBox.baseVal.width)));
  assert.ok(least >= 12, `letters of ${least} px`);
});
