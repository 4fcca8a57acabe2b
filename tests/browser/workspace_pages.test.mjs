// SPDX-License-Identifier: Apache-2.0
// The pages of the workspace on the truce of September 2016: what they say, by keyboard, in two languages and sizes, and
// as it changes.
import assert from "node:assert/strict";
import test from "node:test";
import {assertQuiet, until, Workspace} from "./workspace.mjs";

const workspace = await Workspace.withExample();
const drawn = (page) => page.locator(".map[data-drawn=true]").waitFor();

test("the overview says what a day was like, beside the day before, and who reported", async () => {
  const page = await workspace.open("", "/?day=2016-09-17");
  await page.locator(".answer").waitFor();
  const board = await workspace.ask("auditor", "GET", "/api/v1/board");
  // 17 September on a clock three hours ahead.
  const begin = Date.parse("2016-09-17T00:00:00+03:00") / 1000;
  const broken = board.incidents.filter((_, at) => board.from[at] >= begin && board.from[at] < begin + 86_400
    && board.verdicts[at].some((number, part) => part % 3 === 2 && board.words[number] === "broken")).length;
  assert.equal(await page.locator(".figures .broken .amount").first().innerText(), String(broken));
  assert.match(await page.locator(".answer").innerText(), /17 September 2016[^]*Rests on \d+ accounts? by \d+ sources/);
  await page.getByRole("link", {name: "Day before", exact: true}).click();
  await until(page, () => document.querySelector(".answer").textContent.includes("16 September 2016"));
  assert.ok(page.url().endsWith("day=2016-09-16"));
  assertQuiet(page, workspace);
});

test("the map and the list show the same, and both can be narrowed", async () => {
  const page = await workspace.open("monitor", "/map");
  await drawn(page);
  // The timeline is drawn anew when the agreement comes, and then no more.
  await until(page, () => document.querySelectorAll(".filters select")[1].options.length > 1 && document.querySelector(".drawing .u-over") !== null);
  const before = Number(/^\d+/.exec(await page.locator(".shown").innerText())[0]);
  await page.getByLabel("Verdict").selectOption("contested");
  await until(page, (many) => Number.parseInt(document.querySelector(".shown").textContent, 10) < many, before);
  const shown = Number(/^\d+/.exec(await page.locator(".shown").innerText())[0]);
  assert.ok(shown > 0);
  assert.equal(await page.locator(".list > li").count(), Math.min(shown, 50));
  assert.equal(await page.locator(".list .contested").count(), Math.min(shown, 50));
  assert.match(page.url(), /verdict=contested/);
  await page.getByLabel("From", {exact: true}).fill("2030-01-01");
  await until(page, () => document.querySelector(".list").textContent.includes("Nothing fits"));
  await page.getByRole("button", {name: "Show all"}).click();
  await until(page, (many) => Number.parseInt(document.querySelector(".shown").textContent, 10) === many, before);
  // Drawing over the timeline chooses a stretch.
  const box = await page.locator(".drawing .u-over").boundingBox();
  await page.mouse.move(box.x + box.width * .4, box.y + 40);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * .6, box.y + 60, {steps: 4});
  await page.mouse.up();
  await until(page, (many) => Number.parseInt(document.querySelector(".shown").textContent, 10) < many, before);
  assert.match(page.url(), /from=2016-09-\d\d&until=2016-09-\d\d/);
  assert.match(await page.locator(".boundaries").innerText(), /not endorsed/);
  assertQuiet(page, workspace);
});

test("an incident has a column for each account, what decided, and what would change it", async () => {
  const page = await workspace.open("monitor", "/incidents/0912-qaterji");
  await page.locator("article mark").first().waitFor({state: "attached"});
  assert.deepEqual(await page.locator("table.beside thead th").allInnerTexts(), ["Aleppo Media Centre", "SMART News Agency"]);
  assert.ok((await page.locator(".changes li").count()) > 0);
  assert.match(await page.locator(".lead").innerText(), /2 accounts stand/);
  assertQuiet(page, workspace);
});

test("an account is entered by keyboard, others see it at once, and it is corrected", async () => {
  const other = await workspace.open("", "/map?source=Mission");
  await other.locator(".nothing").waitFor();
  const page = await workspace.open("monitor", "/enter");
  const type = async (label, text) => { await page.getByLabel(label, {exact: true}).focus(); await page.keyboard.type(text); };
  await type("Name of the incident", "0918-mill");
  await type("According to", "Mission");
  await type("Name of the account", "mission");
  await type("By whom", "Opposition");
  await type("To whom or what", "Civilians");
  await type("With what", "Artillery");
  await page.getByLabel("Day", {exact: true}).fill("2016-09-15");
  await type("Place", "Mill");
  await type("Latitude", "36.2");
  await type("Longitude", "37.1");
  await page.keyboard.press("Enter");
  // A point without its exactness is no point.
  await page.locator("[role=alert]", {hasText: "within how many metres"}).waitFor();
  await type("Within so many metres", "500");
  await page.getByLabel("everybody").check();
  await page.getByRole("button", {name: "Enter it"}).press("Enter");
  await page.locator(".notice.good").waitFor();
  await other.locator(".list a", {hasText: "Mill"}).waitFor();
  await page.locator(".notice.good a").click();
  await page.getByRole("link", {name: "Correct or take back"}).click();
  await until(page, () => document.querySelector("#enter-place")?.value === "Mill");
  await page.getByLabel("Place", {exact: true}).fill("Old Mill");
  await page.getByRole("button", {name: "Enter the correction"}).click();
  await page.locator(".notice.good a").click();
  await page.locator(".corrections ins", {hasText: "Old Mill"}).waitFor();
  assert.equal(await page.locator(".corrections del").first().innerText(), "Mill");
  assertQuiet(page, workspace);
  assertQuiet(other, workspace);
});

test("a file is looked at before it is entered", async () => {
  const page = await workspace.open("monitor", "/enter");
  const csv = "incident,account,according_to,reported_at,from,to,kind,actor,target,weapon,latitude,longitude,radius_m,place\n"
    + "0919-dam,m,Mission,2016-09-19,2016-09-19,2016-09-19,attack,Government,Civilians,Artillery,36.1,37.2,500,Dam\n"
    + "0919-pass,m,Mission,2016-09-19,2016-09-19,2016-09-19,attack,Government,Civilians,Artillery,136.1,37.2,500,Pass\n";
  await page.getByLabel("File", {exact: true}).setInputFiles({name: "reports.csv", mimeType: "text/csv", buffer: Buffer.from(csv)});
  await page.locator(".preview").waitFor();
  assert.match(await page.locator(".preview").innerText(), /2 rows: 1 would be entered[^]*1 would be skipped/);
  await page.getByRole("button", {name: "Enter 1 account"}).click();
  await page.locator(".notice.good", {hasText: "1 account is on record"}).waitFor();
  assertQuiet(page, workspace);
});

test("the browser proves each account from the ledger, and says what does not hold", async () => {
  const page = await workspace.open("monitor", "/incidents/0912-qaterji");
  const check = page.getByRole("button", {name: "Check it now"});
  await check.click();
  await page.locator(".notice.good", {hasText: /entr(y|ies) holds?\./}).waitFor();
  assert.equal(await page.locator(".proofs > li.broken").count(), 0);
  // Whatever part of it is another, that part is named.
  const tampered = {
    opened: [(proof) => ({...proof, opened: proof.opened.replace("Qaterji", "Elsewhere").replace('"audience"', ' "audience"')}), "another text"],
    path: [(proof) => ({...proof, proof: proof.proof.replace(/\n[A-Za-z0-9+/]{4}(?=[A-Za-z0-9+/]{39}=\n)/, "\nAAAA")}), "not in the ledger"],
    signature: [(proof) => ({...proof, proof: proof.proof.replace(/(\u2014 \S+ .{20})(.)/, (_, before, letter) => before + (letter === "A" ? "B" : "A"))}), "did not sign"],
    // Another entry, with a proof that holds, is no proof of this one.
    shown: [(proof) => ({...proof}), "Something else is shown here than it says", (incident) => { incident.accounts[0].says.columns.place = "Elsewhere"; return incident; }],
    writer: [(proof) => ({...proof, who: "nobody"}), "Not written by"],
  };
  for (const [change, words, changeIncident] of Object.values(tampered)) {
    if (changeIncident) {
      await page.route("**/api/v1/incidents/0912-qaterji", async (route) => {
        const response = await route.fetch();
        await route.fulfill({response, json: changeIncident(await response.json())});
      });
    }
    await page.route("**/proofs", async (route) => {
      const response = await route.fetch();
      const {proofs} = await response.json();
      await route.fulfill({response, json: {proofs: proofs.map(change)}});
    });
    await page.reload();
    await check.click();
    await page.locator(".notice.wrong[role=status]").waitFor();
    assert.match((await page.locator(".proofs > li.broken").allInnerTexts()).join("\n"), new RegExp(words));
    await page.unroute("**/proofs");
    await page.unroute("**/api/v1/incidents/0912-qaterji");
  }
  assertQuiet(page, workspace);
});

test("what is on record though the answer was lost has its receipt too, and is entered once", async () => {
  const page = await workspace.open("monitor", "/enter");
  await page.locator("#enter-incident").fill("0922-ford");
  await page.locator("#enter-according_to").fill("Mission");
  await page.locator("#enter-account").fill("mission");
  await page.locator("#enter-day").fill("2016-09-16");
  await page.route("**/api/v1/accounts", async (route) => { await route.fetch(); await route.abort(); });
  await page.getByRole("button", {name: "Enter it"}).click();
  await page.locator(".notice", {hasText: "Kept on this device"}).waitFor();
  await page.unroute("**/api/v1/accounts");
  await page.goto(`${workspace.address}/outbox`);
  await page.locator("li.sent .proof", {hasText: /^✓ Signed receipt/}).first().waitFor();
  const {accounts} = await workspace.ask("auditor", "GET", "/api/v1/incidents/0922-ford");
  assert.equal(accounts.length + accounts[0].said_before.length, 1);
  await page.context().close();
});

test("a receipt that says something else than was sent is refused", async () => {
  const page = await workspace.open("monitor", "/enter");
  await page.route("**/api/v1/ledger/entries/*", async (route) => {
    const response = await route.fetch();
    const proof = await response.json();
    await route.fulfill({response, json: {...proof, opened: proof.opened.replace("Northern", "Southern")}});
  });
  await page.locator("#enter-incident").fill("0921-mill");
  await page.locator("#enter-according_to").fill("Mission");
  await page.locator("#enter-account").fill("mission");
  await page.locator("#enter-day").fill("2016-09-16");
  await page.locator("#enter-place").fill("Northern Mill");
  await page.getByRole("button", {name: "Enter it"}).click();
  await page.locator(".notice.good").waitFor();
  await page.goto(`${workspace.address}/outbox`);
  await page.locator("li.sent .proof.refused", {hasText: "The receipt does not hold"}).waitFor();
  assertQuiet(page, workspace);
});

test("why a verdict is what it is, is said in the reader's language", async () => {
  for (const [language, words, change] of [["ar", /بحسب/, /روايات|رواية|ثبت|يقول/], ["fr", /Selon/, /récit|établi|dit/], ["ru", /По сообщению/, /сообщени|установлено|говорит/i]]) {
    const page = await workspace.open("monitor", "/incidents/0912-qaterji", {language});
    await page.locator("article .because", {hasText: words}).first().waitFor();
    assert.match(await page.locator(".changes").first().innerText(), change);
    // What is said in English is the text of the clause alone.
    assert.equal(await page.locator("article :is(.because, .changes) [lang=en]").count(), 0);
    assertQuiet(page, workspace);
    await page.context().close();
    const overview = await workspace.open("monitor", "/?day=2016-09-17", {language});
    await overview.locator(".duties li").first().waitFor();
    await until(overview, () => document.querySelectorAll(".duties [lang=en]").length === 0);
    await overview.context().close();
  }
});

test("what is entered without a connection waits, over a reload, and is sent with a receipt when it is back", async () => {
  const page = await workspace.open("monitor", "/enter");
  await page.locator("#enter-incident").fill("0920-well");
  await page.locator("#enter-according_to").fill("Mission");
  await page.locator("#enter-account").fill("mission");
  await page.locator("#enter-day").fill("2016-09-16");
  await page.route("**/api/v1/accounts", (route) => route.abort());
  await page.getByRole("button", {name: "Enter it"}).click();
  await page.locator(".notice", {hasText: "Kept on this device"}).waitFor();
  await page.goto(`${workspace.address}/outbox`);
  await page.locator("li.waiting", {hasText: "0920-well"}).waitFor();
  await page.unroute("**/api/v1/accounts");
  await page.getByRole("button", {name: "Send now"}).click();
  await page.locator("li.sent", {hasText: "Receipt"}).waitFor();
  assert.match(await page.locator("li.sent .digest").first().innerText(), /^SHA-256 [0-9a-f]{64}$/);
  await page.locator("li.sent .proof", {hasText: /^✓ Signed receipt: entry \d+ of the ledger/}).waitFor();
  const {accounts} = await workspace.ask("auditor", "GET", "/api/v1/incidents/0920-well");
  assert.equal(accounts.length, 1, "sent once");
  // A broken connection is noted by the browser itself.
  page.errors = page.errors.filter((text) => !text.includes("net::ERR_FAILED"));
  assertQuiet(page, workspace);
});
