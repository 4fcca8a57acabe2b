// SPDX-License-Identifier: Apache-2.0
// The pages of talks in a browser: each asks for nothing, fits any width, is accessible, and says in tables what it draws.
import assert from "node:assert/strict";
import {spawnSync} from "node:child_process";
import {readFileSync} from "node:fs";
import {createRequire} from "node:module";
import {join, resolve} from "node:path";
import test from "node:test";
import {assertFits, desk, keepPicture, keptPath, narrow, open, phone, root, until, writeFile} from "./support.mjs";

const program = process.env.TRUCE_PROGRAM ?? join(root, "build/dev/truce");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

// A status of 1 is bad news about the talks, and a page too.
function makePage(name, question, ...words) {
  const path = keptPath(`${name}.html`);
  const {status} = spawnSync(program, ["talks", question, ...words, "--format", "html", "--output", path], {stdio: ["ignore", "ignore", "inherit"]});
  assert.ok(status === 0 || status === 1, `${question} ends with ${status}`);
  return path;
}
const talks = (name) => resolve(root, "examples/syria-2016-09/talks", name);
const draft = [talks("geneva-august.truce"), "--position", talks("russia.position"), "--position", talks("united-states.position")];
const two = makePage("two", "packages", ...draft);
const valley = writeFile("four.json", JSON.stringify({name: "River Valley <b>",
  issues: [{name: "Monitors", values: ["none", "unarmed", "armed"]}, {name: "Withdrawal", values: ["7 days", "14 days", "30 days"]}],
  parties: [{name: "North", den: 1, contrib: [[30, 20, 0], [0, 5, 20]], reservation: 45}, {name: "South", den: 1, contrib: [[0, 15, 30], [20, 10, 0]], reservation: 45},
    {name: "Hill Brigades", den: 3, contrib: [[0, 10, 50], [30, 20, 0]], conditional: [{worth: -5, when: [{issue: 0, options: [2]}]}]},
    {name: "Guarantor", den: 1, contrib: [[0, 30, 40], [10, 10, 5]], vetoes: [[{issue: 0, options: [0]}]]}]}));
const four = makePage("four", "packages", valley);

const onTable = ["1.1: 48 hours", "1.3 bracket 1: Syria", "1.3 bracket 2: D", "3.1: 24 hours", "4.1: upon Seven Quiet Days", "4.3: upon fulfilment of 4.1"]
  .flatMap((choice) => ["--package", choice]);
const others = [["close", valley], ["blocks", valley], ["next", ...draft, ...onTable], ["robust", ...draft],
  ["order", talks("geneva-august.truce")], ["since", talks("")]].map(([question, ...words]) => [question, makePage(question, question, ...words)]);
const screens = [["desk", desk, "light"], ["phone", phone, "dark"]];

for (const [name, path, screen, size, colorScheme] of [["two", two, "desk", desk, "light"], ["two", two, "phone", phone, "dark"],
  ["four", four, "desk", desk, "dark"], ["four", four, "phone", phone, "light"],
  ...others.flatMap(([name, path]) => screens.map((screen) => [name, path, ...screen]))]) {
  test(`${name}, ${screen}, ${colorScheme}: fits, asks for nothing, axe finds nothing`, async () => {
    const page = await open(path, {size, colorScheme, bypassCSP: true});
    await assertFits(page);
    assert.deepEqual(page.errors, []);
    assert.deepEqual(page.requests, [page.address]);
    await keepPicture(page, `${name}-${screen}-${colorScheme}`);
    await page.evaluate(axe);
    const {violations, passes} = await page.evaluate(() => window.axe.run(document, {resultTypes: ["violations"]}));
    assert.ok(passes.length > 10, "the checker ran");
    assert.deepEqual(violations.map(({id, nodes}) => `${id}: ${nodes[0].target} ${nodes[0].failureSummary}`), []);
    await page.setViewportSize(narrow);
    await assertFits(page);
  });
}

test("headings are in order, and data is no markup", async () => {
  const page = await open(four);
  assert.equal(await page.locator("h1").textContent(), "What could be agreed: River Valley <b>");
  const levels = await page.evaluate(() => [...document.querySelectorAll("h1,h2,h3")].map((title) => Number(title.tagName[1])));
  assert.equal(levels[0], 1);
  levels.slice(1).forEach((level, index) => assert.ok(level <= levels[index] + 1, `h${level} behind h${levels[index]}`));
});

test("every package that a rule chose is a stop of the keyboard in the plot, is named, and leads to its table", async () => {
  const page = await open(two);
  const stops = [];
  for (let tries = 0; tries < 12 && stops.length < 3; tries += 1) {
    await page.keyboard.press("Tab");
    const name = await page.evaluate(() => document.activeElement.classList.contains("mark") ? document.activeElement.getAttribute("aria-label") : "");
    if (name) stops.push(name);
  }
  assert.deepEqual(stops, ["Package 4: Utilitarian: Russian Federation 95, United States 68",
    "Package 5: Nash and Kalai-Smorodinsky: Russian Federation 90, United States 73",
    "Package 6: Egalitarian and Least difference: Russian Federation 80, United States 78"]);
  await page.keyboard.press("Enter");
  await until(page, () => location.hash === "#package-6");
  assert.equal(await page.locator(":target h2").textContent(), "Package 6: Egalitarian and Least difference");
});

test("the table says in the draft's words what would stand, and what each side gives", async () => {
  const page = await open(two);
  const row = page.locator("#package-5 tbody tr").nth(1);
  assert.deepEqual(await row.locator("th, td").allTextContents(), ["1.3 bracket 1",
    "Government shall not fly Combat Flights over Agreed Areastext of Russian Federation", " gets its best25 of 25", " gives 2010 of 30"]);
  const total = page.locator("#package-5 .total td");
  assert.deepEqual(await total.allTextContents(), ["", "9050 more than no deal", "7338 more than no deal"]);
});

test("a phone has its own plot, and tables keep their roles and names of columns", async () => {
  const page = await open(four, {size: phone});
  assert.equal(await page.locator(".phone svg").isVisible(), true);
  assert.equal(await page.locator(".desk svg").isVisible(), false);
  const least = await page.evaluate(() => Math.min(...[...document.querySelectorAll(".phone svg text")].map((text) =>
    parseFloat(getComputedStyle(text).fontSize) * text.ownerSVGElement.getBoundingClientRect().width / text.ownerSVGElement.viewBox.baseVal.width)));
  assert.ok(least >= 12, `letters of ${least} px`);
  const cell = page.locator("[role=table] [role=row] [role=cell]").nth(1);
  assert.equal(await cell.evaluate((element) => getComputedStyle(element, "::before").content), '"North: "');
});

test("what a question speaks of is marked in the plot, and leads to its table", async () => {
  const page = await open(others[2][1]);
  assert.deepEqual(await page.locator(".desk .mark .letters").allTextContents(), ["T", "X"]);
  await page.locator(".desk .mark").nth(1).focus();
  await page.keyboard.press("Enter");
  assert.equal(await page.locator(":target h2").textContent(), "After the exchange");
});

test("a circle of waits is drawn with as many arrows as its list has lines, and the time line has every round", async () => {
  const order = await open(others[4][1]);
  assert.equal(await order.locator(".circle").first().locator(".axis").count(), await order.locator("ol").first().locator("li").count());
  const since = await open(others[5][1]);
  assert.equal(await since.locator(".time .span").count(), 4);
});
