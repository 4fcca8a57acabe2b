// SPDX-License-Identifier: Apache-2.0
// Every page of the workspace, in English and Arabic, on a desk and on a phone: nothing sticks out, axe finds nothing serious,
// the keyboard alone reaches all that the mouse can use. With --long in French and Russian too.
import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {join} from "node:path";
import test from "node:test";
import {assertKeyboardReaches} from "./keyboard.mjs";
import {root} from "./support.mjs";
import {assertAccessible, assertFits, assertQuiet, desk, drawn, keepPicture, phone, until, Workspace} from "./workspace.mjs";

const workspace = await Workspace.withExample();
await workspace.ask("convoys", "POST", "/api/v1/convoys", {id: "east-1", addressees: ["Government", "Opposition"], from: "Bab al-Hawa", to: "East Aleppo",
  departs_at: "2026-01-02T06:00:00Z", vehicles: 20, cargo: "flour"});
await workspace.ask("convoys", "POST", "/api/v1/convoys/east-1/hindrances", {kind: "denial", by: "Government", where: "Castello Road", at: "2026-01-02T09:00:00Z", reason: "no letter"});
await workspace.ask("verifier", "POST", "/api/v1/findings", {id: "f1", incident: "0919-urum-al-kubra-convoy", clause: "1.1", finding: "undecided", text: "Nothing decides it.", audience: ["public"]});
await workspace.ask("monitor", "POST", "/api/v1/reports", {day: "2016-09-17", view: "public"});

// Who opens it, where, and what stands there when it is whole; others of pages.json are opened by the mediator.
const known = {
  overview: [["monitor", "/?day=2016-09-17", ".figures"]],
  map: [["monitor", "/map", ".map[data-drawn=true]"]],
  incident: [["monitor", "/incidents/0912-qaterji", "article mark"], ["auditor", "/incidents/0919-urum-al-kubra-convoy", ".corrections"]],
  enter: [["monitor", "/enter", "#enter-incident"], ["monitor", "/enter?incident=0912-qaterji", "#enter-incident"], ["government", "/enter", "#enter-incident"]],
  outbox: [["monitor", "/outbox", "li.none"]],
  "sign-in": [["", "/sign-in", "#name"]],
  agreement: [["mediator", "/agreement", "details.hole"]],
  talks: [["mediator", "/talks", "details + .help"], ["government", "/talks", "details + .help"]],
  separation: [["mediator", "/separation", "#presence"]],
  access: [["convoys", "/access", "article"]],
  findings: [["verifier", "/findings", "#finding-f1"]],
  reports: [["monitor", "/reports", "article"]],
  ledger: [["auditor", "/ledger", ".checks li"]],
  administration: [["administrator", "/administration", "tbody tr"], ["auditor", "/administration", "tbody tr"]],
  "first-steps": [["administrator", "/first-steps", "main li"]],
};
const {addresses} = JSON.parse(readFileSync(join(root, "app/src/pages.json"), "utf8"));
const languages = process.argv.includes("--long") ? ["en", "ar", "fr", "ru"] : ["en", "ar"];

for (const [name, address] of Object.entries(addresses)) {
  for (const [who, path, whole] of known[name] ?? [["mediator", address, "main h1"]]) {
    test(`${name}${who === "" ? "" : `, for the ${who}`}: ${path}`, async () => {
      const page = await workspace.open(who, path);
      const isWhole = () => page.locator(whole).first().waitFor({state: "attached"});
      await isWhole();
      for (const language of languages) {
        if (language !== "en") {
          await page.locator("header select").selectOption(language);
          await until(page, (code) => document.documentElement.lang === code, language);
          await isWhole();
        }
        for (const [size, viewport] of language === "en" ? [["desk", desk], ["phone", phone]] : [["phone", phone], ["desk", desk]]) {
          await page.setViewportSize(viewport);
          await drawn(page);
          // A map takes on a new size some time after its frame.
          await until(page, () => [...document.querySelectorAll("canvas.maplibregl-canvas")].every((canvas) => canvas.style.width === `${canvas.closest(".frame").clientWidth}px`));
          await isWhole();
          assert.equal(await page.getAttribute("html", "dir"), language === "ar" ? "rtl" : "ltr");
          await assertFits(page);
          await assertAccessible(page);
          await keepPicture(page, `${name}-${who}-${language}-${size}`);
          if ((language === "en") === (size === "desk")) await assertKeyboardReaches(page);
        }
      }
      assertQuiet(page, workspace);
      await page.context().close();
    });
  }
}
