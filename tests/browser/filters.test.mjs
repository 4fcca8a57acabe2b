// SPDX-License-Identifier: Apache-2.0
// The filters work together, say how much each leaves, can be taken away, and stand in the address.
import assert from "node:assert/strict";
import test from "node:test";
import {assertSound, listed, makeExample, open, shown, until} from "./support.mjs";

const path = makeExample("syria-2016-09");
const selects = ["clause", "by", "named", "source", "time", "place"];

test("each value of each filter leaves as many as it says", async () => {
  const page = await open(path);
  const all = await shown(page);
  for (const name of selects) {
    const select = page.locator(`#filter-${name}`);
    const options = await select.locator("option").evaluateAll((list) => list.slice(1).map((option) => [option.value, option.textContent]));
    assert.ok(options.length > 1, name);
    for (const [value, text] of [options[0], options.at(-1)]) {
      await select.selectOption(value);
      const left = await shown(page);
      assert.equal(`(${left.toLocaleString("en")})`, text.slice(text.lastIndexOf("(")), `${name} ${value}`);
      assert.ok(left > 0 && left <= all);
      assert.equal(await listed(page), Math.min(40, left));
    }
    await page.locator("#shown-reset").click();
    assert.equal(await shown(page), all);
  }
  await assertSound(page);
});

test("they work together: a clause, who is accused, a verdict and who says so", async () => {
  const page = await open(path);
  await page.selectOption("#filter-clause", "1.1");
  await page.selectOption("#filter-by", "Opposition");
  for (const mark of ["contested", "unknown", "kept", "none", "act"]) await page.locator(`[data-mark=${mark}]`).click();
  assert.equal(await shown(page), 26);
  await page.selectOption("#filter-source", "Government");
  assert.equal(await shown(page), 6);
  assert.equal(await page.locator("[data-mark=broken]").getAttribute("aria-pressed"), "true");
  assert.equal(await page.locator("[data-mark=unknown]").getAttribute("aria-pressed"), "false");
  // What is chosen stands in words; each can be taken away alone.
  assert.equal(await page.locator("#shown-choice li").count(), 4);
  await page.getByRole("button", {name: "Remove “Who says so: Government”"}).click();
  assert.equal(await shown(page), 26);
  await assertSound(page);
});

test("search looks into places, sources and notes", async () => {
  const page = await open(path);
  await page.locator("#filter-text").fill("urum kubra");
  await until(page, () => truce.choice().text === "urum kubra");
  const left = await shown(page);
  assert.ok(left > 0 && left < 10);
  await page.locator("#filter-text").fill("no such words anywhere");
  await until(page, () => document.querySelector("#incident-list .empty") !== null);
  assert.equal(await listed(page), 0);
});

test("the address holds the choice, and a link with it shows the same", async () => {
  const page = await open(path);
  await page.selectOption("#filter-source", "SOHR");
  await page.locator("[data-mark=none]").click();
  await page.locator("#range-to").focus();
  for (let press = 0; press < 9; press += 1) await page.keyboard.press("ArrowLeft");
  const [left, address] = [await shown(page), page.url()];
  assert.match(address, /source=SOHR/);
  assert.match(address, /to=2016-09-24/);
  const other = await open(path, {fragment: address.split("#")[1]});
  assert.equal(await shown(other), left);
  assert.equal(await other.locator("#filter-source").inputValue(), "SOHR");
  assert.equal(await other.locator("[data-mark=none]").getAttribute("aria-pressed"), "false");
  await assertSound(other);
});

test("a link of the summary chooses what it counts", async () => {
  const page = await open(path);
  await page.locator("#story .broken li a").first().click();
  await until(page, () => truce.choice().by === "Opposition");
  assert.equal(await shown(page), 26);
  await until(page, () => Math.abs(document.querySelector("#explore").getBoundingClientRect().top) < 60);
});

test("a name from nowhere in the address shows nothing and can be taken away", async () => {
  const page = await open(path, {fragment: "source=Nobody%3Cb%3E&from=never"});
  assert.equal(await shown(page), 0);
  assert.equal(await page.locator("#filter-source").inputValue(), "Nobody<b>");
  await page.locator("#shown-reset").click();
  assert.ok(await shown(page) > 100);
  await assertSound(page);
});

test("more are shown on request", async () => {
  const page = await open(path);
  await page.locator("#incident-more").click();
  await until(page, () => document.querySelectorAll("a.incident").length === 80 && document.activeElement.matches("a.incident"));
});
