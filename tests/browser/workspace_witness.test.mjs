// SPDX-License-Identifier: Apache-2.0
// The witnesses on the page of the ledger: one that signs and one that refuses, what the browser checks of it, and what it
// says where that does not hold.
import assert from "node:assert/strict";
import {execFileSync, spawn} from "node:child_process";
import {createHash, generateKeyPairSync} from "node:crypto";
import {once} from "node:events";
import {createServer} from "node:http";
import {join} from "node:path";
import {createInterface} from "node:readline";
import test, {after} from "node:test";
import {program, writeFile} from "./support.mjs";
import {assertAccessible, assertFits, assertQuiet, keepPicture, phone, until, Workspace} from "./workspace.mjs";

// The line of a witness that refuses whatever it is asked to sign.
async function refusing(name) {
  const server = createServer((_, response) => response.writeHead(403, {"Content-Type": "text/plain"}).end("not before the talks\n"));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  after(() => { server.close(); server.closeAllConnections(); });
  const raw = generateKeyPairSync("ed25519").publicKey.export({type: "spki", format: "der"}).subarray(-32);
  const bytes = Buffer.concat([Buffer.of(4), raw]);
  const id = createHash("sha256").update(`${name}\n`).update(bytes).digest("hex").slice(0, 8);
  return `witness ${name} ${name}+${id}+${bytes.toString("base64")} http://127.0.0.1:${server.address().port}`;
}
// `truce ledger witness --listen`; it prints its line.
async function signing(name, workspace) {
  execFileSync(program, ["talks", "keys", name, "--output", workspace.data]);
  const witness = spawn(program, ["ledger", "witness", "--listen", "127.0.0.1:0", "--of", join(workspace.data, "ledger.vkey"),
    "--key", join(workspace.data, `${name}.key`), "--state", join(workspace.data, `${name}.state`), "--first"], {stdio: ["ignore", "pipe", "ignore"]});
  after(() => witness.kill("SIGTERM"));
  for await (const line of createInterface({input: witness.stdout})) return line;
  throw new Error("no witness");
}

const workspace = await Workspace.withExample();
const list = writeFile("witnesses.txt", `${await signing("north", workspace)}\n${await refusing("south")}\n`);
await workspace.halt();
await workspace.serve("--witnesses", list, "--witness-time", "20");
const published = async (id) => {
  await workspace.ask("verifier", "POST", "/api/v1/findings", {id, incident: "0919-urum-al-kubra-convoy", clause: "1.1", finding: "undecided", text: "Nothing decides it.", audience: ["public"]});
  await workspace.ask("mediator", "POST", `/api/v1/findings/${id}/publication`);
  for (let turn = 0; turn < 300; turn += 1) {
    const {findings} = await workspace.ask("auditor", "GET", "/api/v1/findings");
    if (findings.some((one) => one.id === id && one.published_at !== undefined)) return;
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
  assert.fail(`${id} was never published`);
};

test("before they are asked, the page says so", async () => {
  const page = await workspace.open("auditor", "/ledger");
  await page.getByText("The witnesses were not asked yet").waitFor();
  assert.equal(await page.locator("table.rounds").count(), 0);
  await page.context().close();
});

test("who signed which checkpoint, and who refused, with each signature checked", async () => {
  await published("f1");
  await published("f2");
  const page = await workspace.open("auditor", "/ledger");
  await page.getByRole("heading", {name: "Everything holds"}).waitFor();
  await page.getByText(/Not every witness signed the last checkpoint/).waitFor();
  assert.deepEqual(await page.locator("table.rounds thead th").allInnerTexts(), ["Asked to sign", "north", "south"]);
  const rows = await page.locator("table.rounds tbody tr").allInnerTexts();
  assert.equal(rows.length, 2);
  for (const row of rows) assert.match(row, /✓ [\d,]+ entries[^]*✓ signed on \d+ \w+ \d{4}[^]*– refused[^]*not before the talks/);
  assert.equal(await page.locator("dl code", {hasText: /^north\+[0-9a-f]{8}\+/}).count(), 1);
  await assertFits(page);
  await assertAccessible(page);
  assertQuiet(page, workspace);
  await keepPicture(page, "witnesses");
  await page.context().close();
  const arabic = await workspace.open("auditor", "/ledger", {language: "ar", size: phone});
  await arabic.locator("table.rounds").waitFor();
  assert.match(await arabic.locator("table.rounds tbody tr").first().innerText(), /وقّع في[^]*رفض/);
  await assertFits(arabic);
  await assertAccessible(arabic);
  await keepPicture(arabic, "witnesses-ar-phone");
  await arabic.context().close();
});

// What the browser finds where the server says something else than was signed.
const changes = {
  // The seventy-two bytes of a cosignature begin behind four of the key's id.
  signature: [(round) => round.checkpoint.replace(/(— north \S{20})(\S)/, (_, begin, letter) => begin + (letter === "A" ? "B" : "A")), "no signature of it holds"],
  missing: [(round) => round.checkpoint.replace(/— north .*\n/, ""), "no signature of it holds"],
  root: [(round) => round.checkpoint.replace(/^(.*\n.*\n)(.)/, (_, begin, letter) => begin + (letter === "A" ? "B" : "A")), "is not the beginning of this ledger"],
  shorter: [(round) => round.checkpoint.replace(/^(.*\n)(\d+)\n/, (_, origin, size) => `${origin}${size - 1}\n`), "is not the beginning of this ledger"],
};
for (const [name, [change, said]] of Object.entries(changes)) {
  test(`a ${name} that is not what was signed is seen`, async () => {
    const page = await workspace.open("auditor", "/sign-in");
    await page.route("**/api/v1/ledger/witnesses", async (route) => {
      const answer = await (await route.fetch()).json();
      answer.rounds[1].checkpoint = change(answer.rounds[1]);
      await route.fulfill({json: answer});
    });
    await page.goto(`${workspace.address}/ledger`);
    await page.getByRole("heading", {name: "Something does not hold"}).waitFor();
    await until(page, (text) => document.querySelectorAll("table.rounds tbody tr")[1].textContent.includes(text), said);
    await page.getByText(/A witness’s signature does not hold/).waitFor();
    await page.context().close();
  });
}
