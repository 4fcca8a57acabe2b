// SPDX-License-Identifier: Apache-2.0
// What the browser tests of the workspace share: `truce serve` on a folder of its own with people and a real truce, and
// pages that are signed in, note every error and request, and may ask that server alone.
import assert from "node:assert/strict";
import {spawn} from "node:child_process";
import {mkdtempSync, readFileSync, readdirSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {createInterface} from "node:readline";
import {after} from "node:test";
import {desk, newPage, program, root} from "./support.mjs";

export {assertFits, desk, drawn, keepPicture, phone, soon, until} from "./support.mjs";
export const passwordOf = (name) => `password of ${name}`;
// Their roles; delegates with their party.
const people = {mediator: "mediator", monitor: "monitor", verifier: "verifier", government: ["delegate", "Government"],
  opposition: ["delegate", "Opposition"], auditor: "auditor", convoys: "convoy-officer"};

// A text of one clause, for many incidents.
export const oneClause = `truce "Many";
  of 2030-01-01;
  clock Local at UTC+02:00;
  days of 24 hours;
  languages en authentic;
  vocabulary "truce/ceasefire-1".

parties
  North;
  South.

moments
  D = 2030-01-01 00:00.

article 1 "Cessation"

1.1 each Party shall not attack another Party or Civilians with Weapons;
      from D;
      for 400 days;
      consequence none stated.
`;

export class Workspace {
  // An empty one, whose administrator has a password.
  static async start() {
    const workspace = new Workspace();
    workspace.data = mkdtempSync(join(tmpdir(), "truce-workspace-"));
    after(() => workspace.stop());
    await workspace.serve();
    await workspace.accept(workspace.invitation, "administrator");
    return workspace;
  }
  // With people, the text of `example` watched, and its incidents entered for everybody to see.
  static async withExample(example = "syria-2016-09") {
    const workspace = await Workspace.start();
    await workspace.addPeople();
    const folder = join(root, "examples", example);
    const files = readdirSync(folder).filter((name) => /^(agreement(\.companion)?\.truce|actors\.csv|annex-.*\.geojson)$/.test(name))
      .map((name) => ({name, text: readFileSync(join(folder, name), "utf8")}));
    await workspace.ask("mediator", "POST", "/api/v1/agreement/revisions", {files, audience: ["public"]});
    // All are judged at once when the text is watched, which is quicker than one after the other. A bare day in the file is
    // then one in UTC, and each here has the hours of the clock besides.
    await workspace.upload("mediator", readFileSync(join(folder, "incidents.csv"), "utf8"), "public");
    await workspace.ask("mediator", "POST", "/api/v1/agreement/revisions/1/watch");
    return workspace;
  }

  // Begins to serve, on the port of before if there was one; the administrator's link is kept. `more`: other options.
  async serve(...more) {
    this.process = spawn(program, ["serve", "--data", this.data, "--port", String(this.port ?? 0), ...more], {stdio: ["ignore", "pipe", "ignore"]});
    for await (const line of createInterface({input: this.process.stdout})) {
      this.invitation = /#invitation=(\S+)/.exec(line)?.[1] ?? this.invitation;
      this.port = Number(/http:\/\/127\.0\.0\.1:(\d+) until/.exec(line)?.[1] ?? 0) || this.port;
      if (line.includes("until interrupted")) break;
    }
    this.address = `http://127.0.0.1:${this.port}`;
    this.sessions = {};
  }
  async halt() {
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    this.process.kill("SIGTERM");
    await ended;
  }
  async stop() {
    if (this.process.exitCode === null) await this.halt();
    rmSync(this.data, {recursive: true, force: true});
  }

  async accept(invitation, name) {
    const response = await fetch(`${this.address}/api/v1/invitations`, {method: "POST", headers: {"Content-Type": "application/json"},
      body: JSON.stringify({invitation, password: passwordOf(name)})});
    assert.equal(response.status, 204);
  }
  async addPeople() {
    for (const [name, is] of Object.entries(people)) {
      const [role, party] = [is].flat();
      const {invitation} = await this.ask("administrator", "POST", "/api/v1/users", {name, role, ...(party ? {party} : {})});
      await this.accept(invitation, name);
    }
  }
  async session(name) {
    this.sessions[name] ??= await (async () => {
      const response = await fetch(`${this.address}/api/v1/session`, {method: "POST", headers: {"Content-Type": "application/json"},
        body: JSON.stringify({name, password: passwordOf(name)})});
      assert.equal(response.status, 201);
      return {cookie: response.headers.get("set-cookie").split(";")[0], csrf: (await response.json()).csrf};
    })();
    return this.sessions[name];
  }
  // What the server answers somebody; an answer that is no success fails the test.
  async ask(name, method, path, json, {type = "application/json", body = json === undefined ? undefined : JSON.stringify(json)} = {}) {
    const {cookie, csrf} = await this.session(name);
    const response = await fetch(this.address + path, {method, body, headers: {Cookie: cookie, "X-CSRF-Token": csrf, ...(body === undefined ? {} : {"Content-Type": type})}});
    const text = await response.text();
    assert.ok(response.ok, `${method} ${path}: ${response.status} ${text}`);
    return text === "" ? undefined : JSON.parse(text);
  }
  async upload(name, csv, audience) {
    const asCsv = {type: "text/csv", body: csv};
    const {digest} = await this.ask(name, "POST", "/api/v1/uploads/preview", undefined, asCsv);
    return this.ask(name, "POST", `/api/v1/uploads?digest=${digest}&audience=${audience}`, undefined, asCsv);
  }

  // A page of somebody who is signed in; `name` empty: of a visitor.
  async open(name, path, {size = desk, language = "en", ...options} = {}) {
    const page = await newPage(size, {locale: language, ...options});
    if (name !== "") {
      const {cookie} = await this.session(name);
      const [key, value] = cookie.split("=");
      await page.context().addCookies([{name: key, value, url: this.address, httpOnly: true, sameSite: "Strict"}]);
      // As the page itself remembers that there is a session.
      await page.addInitScript((who) => localStorage.setItem("truce.session", who), name);
    }
    await page.goto(this.address + path);
    await page.locator("main h1").waitFor();
    return page;
  }
}

// No error, and no request but to the server itself.
export function assertQuiet(page, workspace) {
  assert.deepEqual(page.errors, []);
  assert.deepEqual(page.requests.filter((url) => !url.startsWith(`${workspace.address}/`) && !/^(blob|data):/.test(url)), []);
}

// Nothing that axe calls serious or critical.
const axe = readFileSync(join(root, "tests/browser/node_modules/axe-core/axe.min.js"), "utf8");
export async function assertAccessible(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(async () => (await globalThis.axe.run(document, {resultTypes: ["violations"]})).violations
    .filter(({impact}) => impact === "serious" || impact === "critical")
    .map(({id, nodes}) => `${id}: ${nodes.slice(0, 4).map(({html}) => html.slice(0, 160)).join(" | ")}`));
  assert.deepEqual(found, []);
}
