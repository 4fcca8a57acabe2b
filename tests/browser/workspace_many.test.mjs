// SPDX-License-Identifier: Apache-2.0
// The map of many incidents: the latest answer at once, and all of them once they are there.
import assert from "node:assert/strict";
import test from "node:test";
import {assertQuiet, drawn, oneClause as text, until, Workspace} from "./workspace.mjs";

const count = 650, first = 200;
const timeOf = (at) => new Date(Date.UTC(2030, 0, 2, 12 * at)).toISOString();
// Every other one is the act of a Party, the others of somebody unknown.
const rows = Array.from({length: count}, (_, at) => `i${at},m,Mission,${timeOf(at)},${timeOf(at)},${timeOf(at)},attack,${at % 2 === 0 ? "North" : ""},Civilians,Artillery,${(33 + (at % 50) / 20).toFixed(3)},${(36 + (at % 70) / 20).toFixed(3)},1000,Place ${at}`);
const workspace = await Workspace.start();
await workspace.addPeople();
await workspace.ask("mediator", "POST", "/api/v1/agreement/revisions", {files: [{name: "agreement.truce", text}], audience: ["public"]});
await workspace.upload("mediator", `incident,account,according_to,reported_at,from,to,kind,actor,target,weapon,latitude,longitude,radius_m,place\n${rows.join("\n")}\n`, "public");
await workspace.ask("mediator", "POST", "/api/v1/agreement/revisions/1/watch");
const board = await workspace.ask("auditor", "GET", "/api/v1/board");
const brokenOf = (names) => names.filter((name) => board.verdicts[board.incidents.indexOf(name)].some((word, part) => part % 3 === 2 && board.words[word] === "broken")).length;
const names = Array.from({length: count}, (_, at) => `i${at}`);

// A page whose board comes only when it is let go; how often it was asked for is counted.
async function heldBack(path) {
  const page = await workspace.open("", "/sign-in");
  let letGo;
  const isLetGo = new Promise((resolve) => { letGo = resolve; });
  const asked = {all: 0};
  await page.route((url) => url.pathname === "/api/v1/board/columns" && url.search === "", async (route) => {
    asked.all += 1;
    await isLetGo;
    await route.continue();
  });
  await page.goto(workspace.address + path);
  return {page, letGo, asked};
}
const says = (page, begin) => until(page, (wanted) => document.querySelector(".shown")?.textContent.startsWith(wanted), begin);

test("of many the latest are shown and filtered while the others are on their way, then all", async () => {
  assert.equal(board.count, count);
  const {page, letGo, asked} = await heldBack("/map");
  await says(page, `${first} of the latest ${first} incidents; the others are on their way`);
  assert.equal(await page.locator(".list > li a").first().innerText(), `Place ${count - 1}`);
  // The filters work on what is there, and nothing is said to be missing that may still come.
  const latest = names.slice(-first), broken = brokenOf(latest);
  assert.ok(broken > 50 && broken < first);
  await page.getByLabel("Verdict").selectOption("broken");
  await says(page, `${broken} of the latest ${first} incidents`);
  await page.getByLabel("Verdict").selectOption("kept");
  await says(page, `0 of the latest ${first} incidents`);
  assert.equal(await page.locator(".list .nothing").count(), 0);
  await page.getByLabel("Verdict").selectOption("broken");
  letGo();
  await says(page, `${brokenOf(names)} of ${count} incidents`);
  await page.getByRole("button", {name: "Show all"}).click();
  await says(page, `${count} of ${count} incidents`);
  await page.locator(".map[data-drawn=true]").waitFor();
  // All of them were asked for once.
  assert.equal(asked.all, 1);
  assertQuiet(page, workspace);
  await page.context().close();
});

test("what changes while they are on their way is there once they are", async () => {
  const {page, letGo} = await heldBack("/map");
  await says(page, `${first} of the latest ${first} incidents`);
  await workspace.ask("verifier", "POST", "/api/v1/accounts", {incident: "late", account: "m", according_to: "Mission", from: "2030-12-01", to: "2030-12-01", kind: "attack", actor: "North", target: "Civilians", weapon: "Artillery", place: "Late Place", audience: ["public"]});
  letGo();
  await says(page, `${count + 1} of ${count + 1} incidents`);
  await page.getByText("Late Place").waitFor();
  await page.context().close();
});

test("the overview counts all of them and never the latest alone", async () => {
  const {page, letGo} = await heldBack("/map");
  await says(page, `${first} of the latest ${first} incidents`);
  const answered = page.waitForResponse((response) => response.url().endsWith("/api/v1/agreement"));
  await page.getByRole("navigation").getByRole("link", {name: "Overview"}).click();
  await until(page, () => document.querySelector("main").dataset.page === "overview");
  // All is there but the board.
  await (await answered).finished();
  await drawn(page);
  assert.equal(await page.locator(".figures").count(), 0);
  letGo();
  await page.locator(".answer").waitFor();
  await page.context().close();
});
