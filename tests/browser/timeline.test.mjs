// SPDX-License-Identifier: Apache-2.0
// The timeline chooses a span by dragging and by keyboard; list, counts and map follow.
import assert from "node:assert/strict";
import test from "node:test";
import {assertSound, makeExample, open, shown} from "./support.mjs";

const path = makeExample("syria-2016-09");
const span = (page) => page.evaluate(() => [truce.choice().from, truce.choice().to]);

async function drag(page, from, to) {
  const box = await page.locator("#timeline-drawing").boundingBox();
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width * from, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * to, y, {steps: 6});
  await page.mouse.up();
}

test("dragging chooses days, dragging an edge moves it, Escape gives all back", async () => {
  const page = await open(path);
  await page.locator("#timeline").scrollIntoViewIfNeeded();
  const all = await shown(page), whole = await span(page);
  await drag(page, 0.3, 0.6);
  const [from, to] = await span(page);
  assert.ok(from > 0 && from < to && to < whole[1]);
  const left = await shown(page);
  assert.ok(left < all);
  assert.match(await page.locator("#shown-text").innerText(), new RegExp(`^${left} of ${all}`));
  const edge = await page.locator("#timeline-drawing .edge").last().boundingBox();
  const frame = await page.locator("#timeline-drawing").boundingBox();
  await drag(page, (edge.x + edge.width / 2 - frame.x) / frame.width, 0.8);
  const moved = await span(page);
  assert.equal(moved[0], from);
  assert.ok(moved[1] > to);
  await page.locator("#range-from").focus();
  await page.keyboard.press("Escape");
  assert.deepEqual(await span(page), whole);
  await assertSound(page);
});

test("a click chooses one day, a second click gives all back", async () => {
  const page = await open(path);
  await page.locator("#timeline").scrollIntoViewIfNeeded();
  const whole = await span(page);
  await drag(page, 0.5, 0.5);
  const [from, to] = await span(page);
  assert.equal(from, to);
  await drag(page, 0.5, 0.5);
  assert.deepEqual(await span(page), whole);
});

test("the sliders do the same by keyboard and say their day", async () => {
  const page = await open(path);
  await page.locator("#range-from").focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  assert.equal((await span(page))[0], 2);
  assert.equal(await page.locator("#range-from").getAttribute("aria-valuetext"), "3 Sep 2016");
  await page.locator("#range-to").focus();
  await page.keyboard.press("Home");
  assert.deepEqual(await span(page), [0, 0]);
  await assertSound(page);
});
