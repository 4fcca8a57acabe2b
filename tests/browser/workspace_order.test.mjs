// SPDX-License-Identifier: Apache-2.0
// Answers that come late, or in another order than they were asked for, and people who are quicker than the server.
import assert from "node:assert/strict";
import test from "node:test";
import {assertQuiet, drawn, soon, until, Workspace} from "./workspace.mjs";

const workspace = await Workspace.withExample();

// Keeps back what the server says to these questions; each is let go by itself, in the order in which they came.
async function heldBack(page, which) {
  const held = [];
  await page.route(which, async (route) => {
    await new Promise((letGo) => { held.push(letGo); });
    await route.continue();
  });
  return {held, asked: (count) => soon(() => held.length >= count, `${count} of ${which}`)};
}
const csvFile = (name, text) => ({name, mimeType: "text/csv", buffer: Buffer.from(text)});

test("a correction cannot be sent before what it corrects is there", async () => {
  const [{account, according_to}] = (await workspace.ask("monitor", "GET", "/api/v1/incidents/0912-qaterji")).accounts;
  const page = await workspace.open("monitor", "/ledger");
  const {held, asked} = await heldBack(page, "**/api/v1/incidents/0912-qaterji");
  await page.goto(`${workspace.address}/enter?incident=0912-qaterji&account=${encodeURIComponent(account)}`);
  await asked(1);
  await drawn(page);
  assert.equal(await page.locator("main form").count(), 0);
  held[0]();
  await page.locator("#enter-according_to").waitFor();
  assert.equal(await page.locator("#enter-according_to").inputValue(), according_to);
  // Of one that is not there nothing can be corrected.
  await page.unroute("**/api/v1/incidents/0912-qaterji");
  await page.goto(`${workspace.address}/enter?incident=0912-qaterji&account=nobody`);
  await page.locator("[role=alert]").waitFor();
  assert.equal(await page.locator("main form").count(), 0);
  assertQuiet(page, workspace);
  await page.context().close();
});

test("a time is not entered while the clock of the agreement is not known", async () => {
  const page = await workspace.open("monitor", "/ledger");
  await page.route("**/api/v1/agreement", (route) => route.fulfill({status: 503, json: {detail: "not now"}}));
  await page.goto(`${workspace.address}/enter`);
  for (const [field, text] of [["incident", "0917-late"], ["according_to", "Mission"], ["account", "mission"]]) await page.locator(`#enter-${field}`).fill(text);
  await page.locator("input[value=moment]").check();
  await page.locator("#enter-from").fill("2016-09-16T10:00");
  await page.getByRole("button", {name: "Enter it"}).click();
  await page.getByText("The clock of the agreement is not known yet").waitFor();
  assert.deepEqual(page.sent, []);
  await page.context().close();
});

test("of two files chosen quickly the second is shown, though the answer to the first comes last", async () => {
  const page = await workspace.open("monitor", "/enter");
  const {held, asked} = await heldBack(page, "**/api/v1/uploads/preview");
  const rows = (count) => "incident,account,according_to,reported_at,from,to,kind,actor,target,weapon\n"
    + Array.from({length: count}, (_, at) => `0919-${count}-${at},m,Mission,2016-09-19,2016-09-19,2016-09-19,attack,Government,Civilians,Artillery\n`).join("");
  await page.locator("#enter-file").setInputFiles(csvFile("two.csv", rows(2)));
  await asked(1);
  await page.locator("#enter-file").setInputFiles(csvFile("three.csv", rows(3)));
  await asked(2);
  held[1]();
  await page.locator(".preview", {hasText: "3 rows"}).waitFor();
  const answered = page.waitForResponse("**/api/v1/uploads/preview");
  held[0]();
  await (await answered).finished();
  await drawn(page);
  assert.match(await page.locator(".preview").innerText(), /3 rows/);
  assertQuiet(page, workspace);
  await page.context().close();
});

test("what is said of one incident never stands under the name of another", async () => {
  const page = await workspace.open("monitor", "/incidents/0912-qaterji");
  await page.locator("table.beside").waitFor();
  const {held, asked} = await heldBack(page, "**/api/v1/incidents/0919-urum-al-kubra-convoy");
  await page.evaluate(() => {
    history.pushState(null, "", "/incidents/0919-urum-al-kubra-convoy");
    dispatchEvent(new PopStateEvent("popstate"));
  });
  await asked(1);
  await until(page, () => document.querySelector("main h1").textContent === "0919-urum-al-kubra-convoy");
  assert.equal(await page.locator("table.beside").count(), 0);
  held[0]();
  await page.locator("table.beside").waitFor();
  assertQuiet(page, workspace);
  await page.context().close();
});

test("of two languages chosen quickly the second stays", async () => {
  const page = await workspace.open("", "/sign-in");
  const {held, asked} = await heldBack(page, /\/assets\/fr-/);
  await page.getByLabel("Language").selectOption("fr");
  await asked(1);
  await page.locator("header select").selectOption("ar");
  await until(page, () => document.documentElement.lang === "ar");
  const answered = page.waitForResponse(/\/assets\/fr-/);
  held[0]();
  await (await answered).finished();
  await drawn(page);
  assert.equal(await page.evaluate(() => document.documentElement.lang), "ar");
  await page.context().close();
});

test("positions that are left out quickly are those that were pressed, whichever plan comes last", async () => {
  const page = await workspace.open("mediator", "/separation");
  const presence = `id,actor,at,latitude,longitude
g1,Government,2016-09-12,36.20,37.05
g2,Government,2016-09-12,36.24,37.06
g3,Government,2016-09-12,36.17,37.06
o1,Opposition,2016-09-12,36.21,37.16
o2,Opposition,2016-09-12,36.18,37.15
`;
  await page.locator("#presence").setInputFiles(csvFile("presence.csv", presence));
  await page.getByRole("button", {name: "Make the plan"}).click();
  await soon(async () => await page.locator("table.positions tbody tr").count() === 5);
  const {held, asked} = await heldBack(page, "**/api/v1/separation/plans");
  await page.getByRole("button", {name: "Leave out g1"}).click();
  await asked(1);
  await page.getByRole("button", {name: "Leave out g3"}).click();
  await asked(2);
  held[1]();
  const rows = () => page.locator("table.positions tbody th").allInnerTexts();
  await soon(async () => await page.locator("svg path.before").count() === 1);
  const answered = page.waitForResponse("**/api/v1/separation/plans");
  held[0]();
  await (await answered).finished();
  await drawn(page);
  assert.deepEqual((await rows()).sort(), ["g2", "o1", "o2"]);
  // What is no point is not added, and nobody is told that it was.
  await page.getByText("Add a position").click();
  await page.getByLabel("Latitude", {exact: true}).fill("136");
  await page.getByLabel("Longitude", {exact: true}).fill("37.07");
  await page.getByRole("button", {name: "Add it"}).click();
  await page.getByText("A latitude is from -90 to 90").waitFor();
  assert.equal(page.sent.length, 3);
  assertQuiet(page, workspace);
  await page.context().close();
});

test("the audit is asked for once, and a double click ends nobody", async () => {
  const auditor = await workspace.open("auditor", "/administration");
  await auditor.locator("tbody tr").first().waitFor();
  for (let turn = 0; turn < 5; turn += 1) await auditor.evaluate(() => fetch("/healthz").then((answer) => answer.text()));
  assert.equal(auditor.requests.filter((url) => url.includes("/api/v1/audit")).length, 1);
  await auditor.context().close();
  await workspace.ask("administrator", "POST", "/api/v1/users", {name: "samir", role: "monitor"});
  const page = await workspace.open("administrator", "/administration");
  const end = page.locator("tr", {hasText: "samir"}).locator("button").nth(1);
  await end.dblclick();
  await page.locator("button.sure").waitFor();
  await drawn(page);
  assert.deepEqual(page.sent, []);
  await end.click();
  await soon(async () => (await workspace.ask("administrator", "GET", "/api/v1/users")).users.find(({name}) => name === "samir").state === "ended");
  assertQuiet(page, workspace);
  await page.context().close();
});
