// SPDX-License-Identifier: Apache-2.0
// The page of an incident: one column for each account, where they disagree, the words that decided, and the way back.
import assert from "node:assert/strict";
import test from "node:test";
import {assertSound, makeExample, open, phone, until} from "./support.mjs";

const path = makeExample("syria-2016-09");
const convoy = "0919-urum-al-kubra-convoy";

test("the convoy: accounts side by side, rows that disagree, the clause's words", async () => {
  const page = await open(path, {fragment: `incident=${convoy}`});
  const accounts = await page.evaluate((id) => truce.byId.get(id).a.length, convoy);
  assert.ok(accounts > 5);
  assert.equal(await page.locator("#incident thead th").count(), accounts + 1);
  for (const row of await page.locator("#incident tbody tr").all()) {
    assert.equal(await row.locator("td").count(), accounts);
  }
  const who = page.locator("#incident tbody tr").filter({has: page.locator("th", {hasText: /^Who/})});
  assert.match(await who.getAttribute("class"), /differ/);
  // Said in words, not by colour alone.
  assert.match(await who.locator("th").innerText(), /accounts disagree/);
  assert.match(await page.locator(".agreeing-sum").innerText(), /disagree on who, did what/);
  const decided = page.locator("#incident blockquote mark").first();
  assert.match(await decided.evaluate((mark) => getComputedStyle(mark).textDecorationLine), /underline/);
  assert.match(await page.locator("#incident").innerText(), /This would change if/);
  assert.match(await page.title(), /^Urum al-Kubra/);
  await assertSound(page);
});

test("an incident of one account has no comparison, one under no clause says why", async () => {
  const page = await open(path, {fragment: "incident=0912-1927-justice-palace"});
  assert.equal(await page.locator("#incident .agreeing").count(), 0);
  const outside = await page.evaluate(() => truce.incidents.find((incident) => incident.o === "none").id);
  await page.goto(`${page.address}#incident=${outside}`);
  await page.locator("#incident", {hasText: "Why no clause covers it"}).waitFor();
  await assertSound(page);
});

test("a link opens it, Escape and Back close it, and focus and place return", async () => {
  const page = await open(path);
  const link = page.locator("#days a").filter({hasText: "Urum al-Kubra"}).first();
  await link.focus();
  const before = await page.evaluate(() => scrollY);
  await page.keyboard.press("Enter");
  await page.locator("#incident h2").waitFor();
  await until(page, () => document.activeElement.id === "incident-title");
  await page.locator("#report").waitFor({state: "hidden"});
  await page.keyboard.press("Escape");
  await page.locator("#report").waitFor();
  await page.locator("#incident").waitFor({state: "hidden"});
  await until(page, () => document.activeElement.textContent === "Urum al-Kubra");
  await until(page, (at) => Math.abs(scrollY - at) < 4, before);
  await page.goBack();
  await page.locator("#incident h2").waitFor();
  await page.goBack();
  await page.locator("#incident").waitFor({state: "hidden"});
  await assertSound(page);
});

test("previous and next follow what is chosen", async () => {
  const page = await open(path, {fragment: "verdict=contested&incident=0918-aleppo-first-strikes"});
  const order = await page.evaluate(() => truce.order.filter((incident) => incident.shown).map((incident) => incident.id));
  assert.equal(order.length, 4);
  await page.locator("#incident a[rel=next]").click();
  const next = order[order.indexOf("0918-aleppo-first-strikes") + 1];
  await until(page, (id) => location.hash.endsWith(`incident=${id}`), next);
  await page.locator(".identity", {hasText: next}).waitFor();
});

test("on a phone each account is named beside what it says", async () => {
  const page = await open(path, {size: phone, fragment: `incident=${convoy}`});
  const label = await page.locator("#incident tbody td").first().evaluate((cell) => getComputedStyle(cell, "::before").content);
  assert.notEqual(label, "none");
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), phone.width);
});
