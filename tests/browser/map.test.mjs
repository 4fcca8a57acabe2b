// SPDX-License-Identifier: Apache-2.0
// The map moves, names incidents and opens them, by mouse and by keyboard; its places are drawn.
import assert from "node:assert/strict";
import test from "node:test";
import {assertSound, makeExample, open, until} from "./support.mjs";

const path = makeExample("syria-2016-09");
const view = (page) => page.locator("#map-drawing .world").getAttribute("transform");
const isOf = (page, wanted) => until(page, (old) => document.querySelector("#map-drawing .world").getAttribute("transform") === old, wanted);
const isAnother = (page, other) => until(page, (old) => document.querySelector("#map-drawing .world").getAttribute("transform") !== old, other);

test("by keyboard", async () => {
  const page = await open(path);
  await page.locator("#map-drawing").focus();
  const before = await view(page);
  await page.keyboard.press("+");
  await isAnother(page, before);
  await page.keyboard.press("0");
  await isOf(page, before);
  await page.keyboard.press("n");
  await page.locator("#map-tip").waitFor();
  await until(page, () => document.querySelector("#map-said").textContent !== "");
  await page.keyboard.press("Escape");
  await page.locator("#map-tip").waitFor({state: "hidden"});
  await page.keyboard.press("n");
  await page.keyboard.press("Enter");
  await page.locator("#incident h2").waitFor();
  await assertSound(page);
});

test("by mouse, and it is still whole after an incident was open", async () => {
  const page = await open(path);
  await page.locator("#map-drawing").scrollIntoViewIfNeeded();
  const before = await view(page);
  const box = await page.locator("#map-drawing").boundingBox();
  await page.locator("#map-drawing").focus();
  await page.keyboard.press("n");
  const tip = await page.locator("#map-tip strong").innerText();
  const disc = await page.locator("#map-over .disc").evaluate((circle) => [Number(circle.getAttribute("cx")), Number(circle.getAttribute("cy"))]);
  await page.mouse.move(box.x + disc[0], box.y + disc[1]);
  await page.locator("#map-tip", {hasText: tip}).waitFor();
  await page.mouse.click(box.x + disc[0], box.y + disc[1]);
  await page.locator("#incident h2").waitFor();
  await page.keyboard.press("Escape");
  await page.locator("#report").waitFor();
  await isOf(page, before);
  await assertSound(page);
});

test("the places of the agreement are drawn and can be gone to", async () => {
  const page = await open(path);
  assert.ok(await page.locator("#map-drawing .zone").count() >= 4);
  const before = await view(page);
  await page.selectOption("#map-goto", {label: "East Aleppo"});
  await isAnother(page, before);
  await until(page, () => document.querySelector("#map-over").innerHTML.includes("East Aleppo"));
});
