// SPDX-License-Identifier: Apache-2.0
// The treaty document in a browser: it asks for nothing, fits any width, stands side by side, is accessible, and prints.
import assert from "node:assert/strict";
import {execFileSync} from "node:child_process";
import {readFileSync} from "node:fs";
import {createRequire} from "node:module";
import {join, resolve} from "node:path";
import test from "node:test";
import {assertFits, desk, keptPath, narrow, open, phone, root} from "./support.mjs";

const program = process.env.TRUCE_PROGRAM ?? join(root, "build/dev/truce");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

function makeTreaty(example, ...words) {
  const path = keptPath(`${example}${words.join("")}.html`);
  execFileSync(program, ["render", resolve(root, `examples/${example}/agreement.truce`), "--to", "html", "--output", path, ...words]);
  return path;
}
const both = makeTreaty("syria-2016-09", "--beside-language", "fr"), one = makeTreaty("minsk-2", "--language", "fr");

for (const [name, path] of Object.entries({both, one})) {
  for (const [screen, size] of Object.entries({desk, phone, narrow})) {
    test(`${name}, ${screen}: fits, asks for nothing, axe finds nothing serious`, async () => {
      for (const colorScheme of ["light", "dark"]) {
        const page = await open(path, {size, colorScheme, bypassCSP: true});
        await assertFits(page);
        assert.deepEqual(page.errors, []);
        assert.deepEqual(page.requests, [page.address]);
        await page.evaluate(axe);
        const {violations, passes} = await page.evaluate(() => window.axe.run(document, {resultTypes: ["violations"]}));
        assert.ok(passes.length > 10, "the checker ran");
        assert.deepEqual(violations.filter(({impact}) => ["serious", "critical"].includes(impact))
          .map(({id, nodes}) => `${id}: ${nodes[0].target} ${nodes[0].failureSummary}`), []);
      }
    });
  }
}

// The boxes of clause 3.1 in its two languages.
const columns = (page) => page.evaluate(() => {
  const row = document.getElementById("c3.1").closest(".row");
  return [...row.children].map((column) => ({language: column.lang, ...column.getBoundingClientRect().toJSON()}));
});

test("two languages stand side by side on a desk, one below the other on a phone", async () => {
  const [left, right] = await columns(await open(both, {size: desk}));
  assert.deepEqual([left.language, right.language], ["en", "fr"]);
  assert.ok(left.right < right.left && left.top === right.top);
  const [above, below] = await columns(await open(both, {size: phone}));
  assert.ok(above.bottom <= below.top + 1 && above.width > 300);
});

test("headings are in order, and every drawing has a name", async () => {
  const page = await open(both);
  const levels = await page.evaluate(() => [...document.querySelectorAll("h1,h2,h3")].map((title) => Number(title.tagName[1])));
  assert.equal(levels[0], 1);
  levels.slice(1).forEach((level, index) => assert.ok(level <= levels[index] + 1, `h${level} behind h${levels[index]}`));
  assert.deepEqual(await page.evaluate(() => [...document.querySelectorAll("svg")].map((svg) => svg.getAttribute("aria-label"))),
    ["Map of Syria", "Map of Castello Road and East Aleppo"]);
});

test("it prints in black on white, whatever the screen is", async () => {
  const page = await open(both, {colorScheme: "dark"});
  await page.emulateMedia({media: "print", colorScheme: "dark"});
  const [ink, paper] = await page.evaluate(() => [getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]);
  assert.deepEqual([ink, paper], ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]);
});
