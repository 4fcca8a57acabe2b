// SPDX-License-Identifier: Apache-2.0
// The report without scripts, on paper, with nothing in it, and with thousands of incidents.
import assert from "node:assert/strict";
import test from "node:test";
import {assertFits, assertSound, keptPath, listed, makeExample, makeReport, open, phone, shown, writeFile} from "./support.mjs";

const header = "incident,account,according_to,reported_at,from,to,kind,actor,target,weapon,latitude,longitude,radius_m,place,deaths_low,deaths_best,deaths_high,source,note\n";

test("reads without scripts", async () => {
  const page = await open(makeExample("syria-2016-09"), {javaScriptEnabled: false});
  const text = await page.locator("body").innerText();
  for (const part of ["The map, the timeline and the list of incidents need scripts", "was in force from", "19 September 2016", "Rival ledgers"]) {
    assert.ok(text.includes(part), part);
  }
  assert.equal(await page.locator("#explore").isVisible(), false);
  assert.deepEqual(page.errors, []);
});

test("prints the whole report, folded parts open, and one incident alone", async () => {
  const page = await open(makeExample("syria-2016-09"));
  await page.emulateMedia({media: "print"});
  for (const hidden of [".filters", ".map-controls", ".contents"]) assert.equal(await page.locator(hidden).isVisible(), false, hidden);
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  assert.equal(await page.locator("details:not([open])").count(), 0);
  const report = await page.pdf({path: keptPath("report.pdf"), format: "A4"});
  await page.evaluate(() => truce.open(truce.byId.get("0919-urum-al-kubra-convoy")));
  await page.locator("#incident h2").waitFor();
  const incident = await page.pdf({path: keptPath("incident.pdf"), format: "A4"});
  assert.ok(report.length > incident.length && incident.length > 10000);
  await assertSound(page);
});

test("nothing reported: no part that is absent is linked", async () => {
  const page = await open(makeReport("examples/minsk-2/agreement.truce", [writeFile("nothing.csv", header)], "nothing"), {size: phone});
  await assertSound(page);
  await assertFits(page);
  assert.match(await page.locator("#story").innerText(), /0 incidents are on record/);
  const links = await page.locator("a[href^='#']").evaluateAll((all) => all.map((link) => link.getAttribute("href")).filter((href) => !href.includes("=")));
  for (const href of links) assert.equal(await page.locator(href).count(), 1, href);
  assert.equal(await page.locator("#map, #timeline, #days").count(), 0);
});

// Invented rows, the same every time.
function manyRows(count) {
  let seed = 20160912;
  const random = (below) => {
    seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
    return seed % below;
  };
  const rows = [];
  for (let row = 0; row < count; row += 1) {
    const day = new Date(Date.UTC(2016, 0, 1 + random(366))).toISOString().slice(0, 10);
    rows.push([`invented-${row}`, "invented", `Invented ${random(12)}`, day, day, day, "attack", ["Government|Opposition", "Government", "Opposition"][random(3)],
      "Civilians", "Weapons", (33 + random(3000) / 1000).toFixed(3), (36 + random(4000) / 1000).toFixed(3), [1500, 5000, 25000][random(3)],
      `Invented place ${random(400)}`, random(9), random(9), 9, "invented for this test", `invented row ${row}`].join(","));
  }
  return header + rows.join("\n");
}
test("six thousand incidents: the list is paged, every filter still counts, and times are told", async () => {
  const path = makeReport("examples/syria-2016-02/agreement.truce", [writeFile("many.csv", manyRows(6000))], "many");
  const page = await open(path);
  await assertSound(page);
  assert.equal(await shown(page), 6000);
  assert.equal(await listed(page), 40);
  const elements = await page.evaluate(() => document.querySelectorAll("*").length);
  assert.ok(elements < 20000, `${elements} elements`);
  const loaded = await page.evaluate(() => performance.getEntriesByType("navigation")[0].loadEventEnd);
  const filtered = await page.evaluate(() => {
    const begin = performance.now();
    truce.choose({source: "Invented 3"});
    document.body.getBoundingClientRect();
    return performance.now() - begin;
  });
  assert.ok(await shown(page) > 300 && await shown(page) < 700);
  console.log(`6,000 incidents: ready after ${Math.round(loaded)} ms, filtered in ${Math.round(filtered)} ms, ${elements} elements`);
});
