// SPDX-License-Identifier: Apache-2.0
// The report is drawn at every width, light and dark, without errors, requests or sideways scrolling.
import assert from "node:assert/strict";
import test from "node:test";
import {assertFits, assertSound, desk, keepPicture, makeExample, narrow, open, phone} from "./support.mjs";

const path = makeExample("syria-2016-09");

for (const [name, size] of Object.entries({desk, phone, narrow})) {
  for (const colorScheme of ["light", "dark"]) {
    test(`${name}, ${colorScheme}`, async () => {
      const page = await open(path, {size, colorScheme});
      await assertFits(page);
      assert.ok(await page.locator("#timeline-drawing .mark, #timeline-drawing .bar").count() > 50);
      assert.ok(await page.locator("#timeline-drawing .band").count() > 0);
      const coloured = await page.evaluate(() => {
        const canvas = document.getElementById("map-marks");
        const {data} = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        return data.filter((value, index) => index % 4 === 3 && value > 0).length;
      });
      assert.ok(coloured > 1000, "the map has marks");
      await keepPicture(page, `${name}-${colorScheme}`);
      await page.evaluate(() => truce.open(truce.byId.get("0919-urum-al-kubra-convoy")));
      await page.locator("#incident h2").waitFor();
      await assertFits(page);
      await keepPicture(page, `${name}-${colorScheme}-incident`);
      await assertSound(page);
      await page.context().close();
    });
  }
}

test("the summary says what was broken, by whom according to whom, and what is contested", async () => {
  const page = await open(path);
  const story = await page.locator("#story").innerText();
  for (const part of ["was in force from 12 September 2016, 19:00 to 20 September 2016, 19:00", "It was renewed 3 times",
    "By Opposition: 26 times, according to Russian Federation (20) and Government (6)", "Urum al-Kubra, 19 September 2016, 10–21 dead",
    "Jabal Thurdah", "Coalition is not a Party", "no later renewal is on record"]) {
    assert.ok(story.includes(part), `${part} in\n${story}`);
  }
});

for (const name of ["syria-2016-02", "minsk-2", "korea-1953"]) {
  test(`${name} is sound too`, async () => {
    const page = await open(makeExample(name), {size: phone});
    await assertFits(page);
    await assertSound(page);
    assert.ok(await page.locator("#story .part").count() >= 5);
    for (const href of await page.locator("nav.contents a").evaluateAll((links) => links.map((link) => link.getAttribute("href")))) {
      assert.equal(await page.locator(href).count(), 1, href);
    }
  });
}
