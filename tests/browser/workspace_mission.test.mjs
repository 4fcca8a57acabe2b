// SPDX-License-Identifier: Apache-2.0
// What a mission works with beside the map: agreement, talks, access, findings and questions, daily reports, ledger,
// administration, and the first steps of an empty workspace.
import assert from "node:assert/strict";
import {join} from "node:path";
import test from "node:test";
import {root, writeFile} from "./support.mjs";
import {assertAccessible, assertFits, assertQuiet, keepPicture, passwordOf, soon, until, Workspace} from "./workspace.mjs";

const workspace = await Workspace.withExample();
await workspace.ask("convoys", "POST", "/api/v1/convoys", {id: "east-1", addressees: ["Government", "Opposition"], from: "Bab al-Hawa", to: "East Aleppo",
  departs_at: "2026-01-02T06:00:00Z", vehicles: 20, cargo: "flour"});
await workspace.ask("convoys", "POST", "/api/v1/convoys/east-1/hindrances", {kind: "denial", by: "Government", where: "Castello Road", at: "2026-01-02T09:00:00Z", reason: "no letter"});
await workspace.ask("verifier", "POST", "/api/v1/findings", {id: "f1", incident: "0919-urum-al-kubra-convoy", clause: "1.1", finding: "undecided", text: "Nothing decides it.", audience: ["public"]});
await workspace.ask("monitor", "POST", "/api/v1/reports", {day: "2016-09-17", view: "public"});

const shown = async (name, path, use, options) => {
  const page = await workspace.open(name, path, options);
  await use(page);
  assertQuiet(page, workspace);
  await page.context().close();
};

test("the holes of the text stand beside their clauses, and disputed words say who proposed them", async () => {
  await shown("", "/agreement", async (page) => {
    await page.locator("#clause-1\\.1 details.hole").first().waitFor();
    assert.match(await page.locator("#clause-1\\.1 details.hole").first().innerText(), /TR-L01/);
    assert.match(await page.locator(".bracket .by").first().innerText(), /Russian Federation|United States/);
    await page.locator("#view").selectOption("en");
    await page.locator(".document").waitFor();
    assert.match(await page.locator(".document").innerText(), /hereinafter the Parties/);
  });
});

test("what is wrong with a text is said in the reader's language, and so is why something is refused", async () => {
  const said = {fr: [/reste sans réponse|restent sans réponse/, /une constatation porte déjà ce nom/i], ar: [/بلا جواب/, /لنتيجة هذا الاسم/], ru: [/без ответа/, /такое имя уже есть у заключения/i]};
  for (const [language, [hole, refusal]] of Object.entries(said)) {
    await shown("", "/agreement", async (page) => {
      await page.locator("details.hole").first().waitFor();
      await until(page, () => document.querySelector(".hole summary") !== null && document.querySelector(".hole summary [lang=en]") === null);
      assert.match(await page.locator("#clause-1\\.1 details.hole summary").first().innerText(), hole);
      // Sentences of the program, and what happens in a story.
      assert.ok(await page.locator(".hole > ul li").count() > 0);
      assert.deepEqual(await page.locator(".hole > :is(p, ul) [lang=en]").allTextContents(), []);
      // Moments are on the clock of the text, three hours ahead, as its story has them.
      const told = (await page.locator(".hole").allTextContents()).join(" ");
      assert.match(told, {fr: /a pris fin \(14 sept\. 2016, 19:00\)/, ar: /\(14\u200f\/09\u200f\/2016، 7:00 م\)/, ru: /закончился \(14 сент\. 2016 г\., 19:00\)/}[language]);
      // Nobody copies a sign that is not seen.
      assert.deepEqual(told.split("`").filter((code, at) => at % 2 === 1 && /[\u2068\u2069]/.test(code)), []);
    }, {language});
    const page = await workspace.open("verifier", "/findings", {language});
    const form = page.locator("details", {has: page.locator("textarea[maxlength='4000']")}).first();
    await form.locator("summary").click();
    const fields = form.locator("input[required]");
    for (const [at, text] of ["f1", "0919-urum-al-kubra-convoy", "1.1"].entries()) await fields.nth(at).fill(text);
    await form.locator("textarea").fill("Nothing decides it.");
    await form.locator("button.main").click();
    await form.locator("[role=alert]").waitFor();
    assert.match(await form.locator("[role=alert]").innerText(), refusal);
    await page.context().close();
  }
});

const presence = `id,actor,at,latitude,longitude,source
g1,Government,2016-09-12,36.20,37.05,"a, quoted"
g2,Government,2016-09-12,36.24,37.06,
,Government,2016-09-12,36.17,37.06,
o1,Opposition,2016-09-12,36.21,37.16,
o2,Opposition,2016-09-12,36.18,37.15,
`;
test("two sides are kept apart in the page: move, leave out, add, undo, by keyboard, and nothing is kept", async () => {
  await shown("mediator", "/separation", async (page) => {
    await page.locator("#presence").setInputFiles({name: "presence.csv", mimeType: "text/csv", buffer: Buffer.from(presence)});
    await page.getByRole("button", {name: "Make the plan"}).click();
    await page.locator("svg path.line").first().waitFor({state: "attached"});
    assert.equal(await page.locator("table.positions tbody tr").count(), 5);
    assert.match(await page.locator(".notice").first().innerText(), /endorsed by nobody/);
    const figure = page.locator("[data-figure=length]");
    const before = await figure.innerText();
    const line = () => page.locator("svg path.line").first().getAttribute("d");
    const drawn = await line();
    // By keyboard alone: to the field of a place, another number, and on.
    await page.getByLabel("o1: Longitude").focus();
    await page.keyboard.press("Control+A");
    await page.keyboard.type("37.09");
    await page.keyboard.press("Tab");
    await soon(async () => await line() !== drawn);
    assert.equal(await page.locator("svg path.before").count(), 1);
    await page.getByRole("button", {name: "Leave out g2"}).click();
    await soon(async () => await page.locator("table.positions tbody tr").count() === 4);
    for (let step = 0; step < 2; ++step) await page.getByRole("button", {name: "Undo the last change"}).click();
    await soon(async () => await line() === drawn && await figure.innerText() === before);
    assert.ok(await page.getByRole("button", {name: "Undo the last change"}).isDisabled());
    await page.getByText("Add a position").click();
    await page.getByLabel("Latitude", {exact: true}).fill("36.22");
    await page.getByLabel("Longitude", {exact: true}).fill("37.07");
    await page.getByRole("button", {name: "Add it"}).click();
    await soon(async () => await page.locator("table.positions tbody tr").count() === 6);
    // With the pointer, on the map.
    await page.locator("svg g.second").first().scrollIntoViewIfNeeded();
    await page.locator("form [role=status]").last().waitFor();
    const dropped = await line();
    await page.locator("svg g.second").first().hover();
    const mark = await page.locator("svg g.second").first().boundingBox();
    await page.mouse.down();
    await page.mouse.move(mark.x + mark.width / 2 - 40, mark.y + mark.height / 2 + 10, {steps: 4});
    await page.mouse.up();
    await soon(async () => await line() !== dropped);
    await assertFits(page);
    await assertAccessible(page);
    await keepPicture(page, "separation-planned");
    await page.reload();
    await page.locator("#presence").waitFor();
    assert.equal(await page.locator("table.positions").count(), 0);
  });
  // Where the answers are slow to come, nobody can ask before there is something to ask with.
  await shown("mediator", "/ledger", async (page) => {
    let open;
    const opened = new Promise((resolve) => { open = resolve; });
    await page.route("**/api/v1/agreement", async (route) => { await opened; await route.continue(); });
    await page.evaluate(() => {
      const text = File.prototype.text;
      File.prototype.text = async function slow() { await new Promise((resolve) => setTimeout(resolve, 300)); return text.call(this); };
    });
    await page.getByRole("link", {name: "Separation"}).click();
    await page.locator("h1", {hasText: "Separation"}).waitFor();
    assert.equal(await page.locator("#presence").count(), 0);
    open();
    await page.locator("#presence").setInputFiles({name: "presence.csv", mimeType: "text/csv", buffer: Buffer.from(presence)});
    await page.getByRole("button", {name: "Make the plan"}).click();
    await page.locator("svg path.line").first().waitFor({state: "attached"});
    // A file that cannot be used takes the plan away, and says why instead of “made”.
    await page.locator("#presence").setInputFiles({name: "presence.csv", mimeType: "text/csv", buffer: Buffer.from("id,actor\n")});
    await page.getByRole("button", {name: "Make the plan"}).click();
    await page.locator("form [role=alert]").waitFor();
    assert.match(await page.locator("form [role=alert]").innerText(), /no column at/);
    assert.equal(await page.locator("svg path.line, form [role=status]").count(), 0);
  });
  // Nobody else has the page.
  await shown("government", "/separation", async (page) => {
    assert.equal(await page.locator("#presence").count(), 0);
  });
});

test("two texts are compared by what they judge otherwise", async () => {
  for (const days of [30, 40]) {
    const text = `truce "Small"; of 2030-01-01; clock Local at UTC+02:00; days of 24 hours; languages en authentic; vocabulary "truce/ceasefire-1".
parties North; South.
moments D = 2030-01-20 19:00.
article 1 "Cessation"
1.1 each Party shall not attack Civilians with Weapons; from D; for ${days} days; consequence none stated.
`;
    await workspace.ask("mediator", "POST", "/api/v1/agreement/revisions", {files: [{name: "agreement.truce", text}], audience: ["public"]});
  }
  await shown("", "/agreement?revision=3&view=2", async (page) => {
    await page.locator("article.change").first().waitFor();
    assert.match(await page.locator("main").innerText(), /newly broken[^]*40 days/);
  });
});

test("a party confirms a receipt, and whoever looks at the convoy sees it at once", async () => {
  const officer = await workspace.open("mediator", "/access");
  await officer.locator("article").waitFor();
  assert.match(await officer.locator("article").innerText(), /no receipt/);
  assert.match(await officer.locator(".rule").innerText(), /not a permission/);
  await shown("government", "/access", async (page) => {
    await page.locator("summary", {hasText: "Confirm a receipt"}).click();
    await page.getByLabel("Convoy", {exact: true}).selectOption("east-1");
    await page.getByRole("button", {name: "Confirm the receipt"}).click();
    await page.locator(".notice.good").waitFor();
  });
  await until(officer, () => /by the delegate/.test(document.querySelector("article").innerText));
  assertQuiet(officer, workspace);
  await officer.context().close();
});

test("a finding is published by a second person only", async () => {
  await shown("verifier", "/findings", async (page) => {
    await page.locator("#finding-f1").waitFor();
    assert.equal(await page.getByRole("button", {name: "Publish f1"}).count(), 0);
  });
  await shown("", "/findings", async (page) => { assert.equal(await page.locator("#finding-f1").count(), 0); });
  await shown("mediator", "/findings", async (page) => {
    await page.getByRole("button", {name: "Publish f1"}).click();
    await page.getByText(/Published by mediator/).waitFor();
  });
  await shown("", "/findings", async (page) => {
    await page.locator("#finding-f1").waitFor();
    assert.ok(!(await page.locator("main").innerText()).includes("verifier"), "who wrote it is for the mission");
  });
});

test("a report is made, corrected by another, and the browser checks its hash", async () => {
  await shown("monitor", "/reports", async (page) => {
    await page.locator("summary").click();
    await page.getByLabel("Day", {exact: true}).fill("2016-09-17");
    await page.getByLabel("From whose view, and for whom").selectOption("public");
    await page.getByText(/This one corrects it/).waitFor();
    await page.getByLabel("Why it is corrected").fill("An account was entered late.");
    await page.getByRole("button", {name: "Make the correcting report"}).click();
    await page.getByText("This report corrects 2016-09-17-en-public, which remains.").waitFor();
    await page.getByRole("button", {name: "Check its hash 2016-09-17-en-public-2"}).click();
    await page.getByText("The file is the one on record.").waitFor();
  });
});

test("the browser checks the ledger itself and sees when it was rewritten", async () => {
  await shown("auditor", "/ledger", async (page) => {
    await page.getByRole("heading", {name: "Everything holds"}).waitFor();
    assert.match(await page.locator(".checks").innerText(), /looks for the first time/);
    await page.getByRole("button", {name: "Check again"}).click();
    await page.getByText(/goes on from what this browser saw before/).waitFor();
    // Another beginning than the one that was seen.
    await page.evaluate(() => {
      const kept = JSON.parse(localStorage.getItem("truce.ledger"));
      localStorage.setItem("truce.ledger", JSON.stringify({...kept, root: `${"A".repeat(43)}=`}));
    });
    await page.getByRole("button", {name: "Check again"}).click();
    await page.getByRole("heading", {name: "Something does not hold"}).waitFor();
    // An entry that is changed on the way.
    await page.evaluate(() => localStorage.removeItem("truce.ledger"));
    await page.route("**/api/v1/ledger/entries*", async (route) => {
      const response = await route.fetch();
      const body = Buffer.from(await response.body());
      body[body.length - 1] ^= 1;
      await route.fulfill({response, body});
    });
    await page.getByRole("button", {name: "Check again"}).click();
    await page.getByText(/Another root follows/).waitFor();
  });
});

test("the mediator opens what was computed of positions on the device, and nothing of it is sent", async () => {
  const point = (one, two, all) => ({utilities: [one, two], package: {bases: "north", passes: "two"}, accepted_by_all: all});
  const result = {schema: "truce.packages/1", parties: ["North", "South"], issues: 2, packages: "4", feasible: "4",
    frontier: {size: 2, complete: true, points: [point("3", "1/2", true), point("1", "2", false)]}, nash: point("3", "1/2", true), kalai_smorodinsky: null,
    egalitarian: null, utilitarian: null, closeness: {largest_concession: "1/2", demands_to_relax: 1, acceptable_share: "1/4"}, sticking_points: [["bases"]]};
  const path = writeFile("packages.json", JSON.stringify(result));
  await shown("mediator", "/talks", async (page) => {
    await page.locator("#result").setInputFiles(path);
    await page.locator("svg[role=img]").waitFor();
    assert.equal(await page.locator("svg circle").count(), 2);
    assert.match(await page.locator("main").innerText(), /Sticking points\s+bases/);
    assert.deepEqual([page.sent, page.requests.filter((url) => /bases|passes/.test(url))], [[], []]);
  });
});

test("what is not sealed does not leave the device of a party", async () => {
  const path = writeFile("position.txt", "our position in the clear");
  await shown("government", "/talks", async (page) => {
    await page.locator("summary").click();
    await page.locator("#sealed").setInputFiles(path);
    await page.getByLabel("Name", {exact: true}).fill("position");
    await page.getByRole("button", {name: "Leave it"}).click();
    await page.getByText(/not sealed, and was not sent/).waitFor();
    assert.deepEqual(page.sent, []);
  });
});

test("a new mission goes from an empty workspace to its first agreement, by its own people", async () => {
  const empty = await Workspace.start();
  const page = await empty.open("administrator", "/first-steps");
  await page.locator("li[aria-current=step]", {hasText: "Name your people"}).waitFor();
  await page.getByRole("link", {name: "To: Administration"}).click();
  await page.locator("summary").click();
  await page.getByLabel("Name", {exact: true}).fill("mediator");
  await page.getByLabel("Role", {exact: true}).selectOption("mediator");
  await page.getByRole("button", {name: "Add, and make a link"}).click();
  const link = await page.locator(".link code").innerText();
  assertQuiet(page, empty);
  await empty.accept(/#invitation=(.+)$/.exec(link)[1], "mediator");
  const mediator = await empty.open("mediator", "/agreement");
  await mediator.locator("summary").click();
  await mediator.locator("#files").setInputFiles(join(root, "examples/minsk-2/agreement.truce"));
  await mediator.getByRole("button", {name: "Enter the text"}).click();
  await mediator.locator("#clause-1\\.1, section.clause").first().waitFor();
  await mediator.getByRole("button", {name: "Judge by this text from now on"}).click();
  // Gone when it is done: who goes on at once takes the question away with the page.
  await mediator.getByRole("button", {name: "Judge by this text from now on"}).waitFor({state: "detached"});
  await mediator.goto(`${empty.address}/first-steps`);
  await mediator.locator("li[aria-current=step]", {hasText: "Enter the first incident"}).waitFor();
  assertQuiet(mediator, empty);
  assert.ok(passwordOf("mediator").length >= 12);
});
