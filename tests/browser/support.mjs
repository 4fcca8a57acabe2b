// SPDX-License-Identifier: Apache-2.0
// What the browser tests share: reports made by the program, and pages of Chromium that note every error and request.
// TRUCE_PROGRAM is the program; reports and pictures stay in the folder TRUCE_KEEP where it is set.
import assert from "node:assert/strict";
import {execFileSync} from "node:child_process";
import {existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join, resolve} from "node:path";
import {after} from "node:test";
import {fileURLToPath, pathToFileURL} from "node:url";

export const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const skipped = 77;
export const program = process.env.TRUCE_PROGRAM ?? join(root, "build/dev/truce");
// Without windows Chromium draws the same in two thirds of the time.
const executablePath = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser"].find(existsSync);
const quiet = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
  // Maps are drawn without a graphics card.
  "--use-angle=swiftshader", "--enable-unsafe-swiftshader"];

function skip(reason) {
  console.log(`skipped: ${reason}`);
  process.exit(skipped);
}
if (!executablePath) skip("no Chromium here; on Debian: apt-get install chromium-headless-shell");
const {chromium} = await import("playwright-core").catch(() => skip("Playwright is not installed; ./test installs it where npm can be reached"));

const patience_ms = 60_000;
export const desk = {width: 1280, height: 900}, phone = {width: 390, height: 844}, narrow = {width: 320, height: 640};

const folder = process.env.TRUCE_KEEP ?? mkdtempSync(join(tmpdir(), "truce-report-"));
mkdirSync(folder, {recursive: true});
const browser = await chromium.launch({executablePath, args: quiet});
after(async () => {
  await browser.close();
  if (!process.env.TRUCE_KEEP) rmSync(folder, {recursive: true, force: true});
});

// The report of an agreement on incident files, both as paths in the repository or whole. Gives the path of the page.
export function makeReport(agreement, incidents, name = "report") {
  const output = join(folder, name);
  execFileSync(program, ["monitor", resolve(root, agreement), ...incidents.flatMap((file) => ["--incidents", resolve(root, file)]),
    "--format", "html", "--output", output], {stdio: ["ignore", "ignore", "inherit"]});
  return join(output, "report.html");
}
export const makeExample = (name) => makeReport(`examples/${name}/agreement.truce`, [`examples/${name}/incidents.csv`], name);
export function writeFile(name, text) {
  const path = join(folder, name);
  mkdirSync(dirname(path), {recursive: true});
  writeFileSync(path, text);
  return path;
}
export const keptPath = (name) => join(folder, name);
// A picture of the whole page, for a person: only where TRUCE_KEEP names a folder, since such a page is long.
export async function keepPicture(page, name) {
  if (process.env.TRUCE_KEEP) await page.screenshot({path: keptPath(`${name}.png`), fullPage: true});
}

// Opens the report; `fragment` is what stands behind the # of its address. The page notes what goes wrong in `errors` and
// what it asks for in `requests`.
export async function open(path, {size = desk, fragment = "", ...options} = {}) {
  const page = await newPage(size, options);
  page.address = pathToFileURL(path).href;
  await page.goto(page.address + (fragment ? `#${fragment}` : ""));
  return page;
}
export async function newPage(size, options = {}) {
  const context = await browser.newContext({viewport: size, reducedMotion: "reduce", ...options});
  // Four run at a time where all are run, beside whatever else the machine does: what comes late is not what is wrong.
  context.setDefaultTimeout(patience_ms);
  const page = await context.newPage();
  page.errors = [];
  page.requests = [];
  // What was sent, apart from what was asked for.
  page.sent = [];
  page.on("pageerror", (error) => page.errors.push(error.stack ?? String(error)));
  // What the drawing without a graphics card says of its own speed is nothing the page did.
  page.on("console", (message) => { if (["error", "warning", "assert"].includes(message.type()) && !message.text().includes("GPU stall due to ReadPixels")) page.errors.push(message.text()); });
  page.on("request", (request) => {
    page.requests.push(request.url());
    if (request.method() !== "GET") page.sent.push(`${request.method()} ${request.url()}`);
  });
  return page;
}
// No error, no request but for the file itself, nothing sticks out to the right.
export async function assertSound(page) {
  assert.deepEqual(page.errors, []);
  assert.equal(await page.evaluate(() => document.documentElement.dataset.errors), "0");
  assert.equal(await page.evaluate(() => document.documentElement.dataset.ready), "true");
  assert.deepEqual([...new Set(page.requests.map((url) => url.split("#")[0]))], [page.address], "the page asks for nothing but itself");
}
export async function assertFits(page) {
  const {width} = page.viewportSize();
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= width, "nothing scrolls sideways");
  const wide = await page.evaluate(() => [...document.querySelectorAll("body *")].filter((element) =>
    !element.closest("svg, .unseen, thead, .table-frame, .map, .skip") && element.getClientRects().length > 0
    && (element.getBoundingClientRect().right > innerWidth + 0.5 || (document.dir === "rtl" && element.getBoundingClientRect().left < -0.5)))
    .map((element) => `${element.tagName}.${element.className}`).slice(0, 5));
  assert.deepEqual(wide, []);
}
// Until the page gives something true; the page's policy forbids Playwright's own way of waiting for it.
export async function until(page, condition, argument) {
  await soon(() => page.evaluate(condition, argument).catch((error) => {
    // It is asked again of the page that comes.
    if (!/context was destroyed|navigat/i.test(String(error))) throw error;
    return false;
  }), String(condition));
}
// Until `holds` gives something true.
export async function soon(holds, what = String(holds)) {
  for (const end = Date.now() + patience_ms; Date.now() < end;) {
    if (await holds()) return;
    await new Promise((resolve) => { setTimeout(resolve, 25); });
  }
  assert.fail(`never: ${what}`);
}
// Until what the page was told is drawn, and what watches sizes has looked.
export const drawn = (page) => page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 0))); }));
export const shown = (page) => page.evaluate(() => truce.incidents.filter((incident) => incident.shown).length);
export const listed = (page) => page.locator("a.incident").count();
