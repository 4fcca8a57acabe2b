// SPDX-License-Identifier: Apache-2.0
// Into the workspace and out: the one-time link, signing in, the languages, and what everybody finds who is not signed in.
import assert from "node:assert/strict";
import test from "node:test";
import {assertAccessible, assertFits, assertQuiet, keepPicture, passwordOf, phone, until, Workspace} from "./workspace.mjs";

const workspace = await Workspace.withExample();

test("with the one-time link somebody sets a password and signs in with it, by keyboard alone", async () => {
  const {invitation} = await workspace.ask("administrator", "POST", "/api/v1/users", {name: "amal", role: "monitor"});
  const page = await workspace.open("", `/#invitation=${invitation}`);
  assert.equal(await page.locator("h1").innerText(), "Set your password");
  assert.ok(!page.url().includes(invitation), "the link leaves the address bar");
  await page.locator("#password").focus();
  await page.keyboard.type("too short");
  await page.keyboard.press("Tab");
  await page.keyboard.type("too short");
  await page.keyboard.press("Enter");
  await page.locator("[role=alert]", {hasText: "fewer than 12 characters"}).waitFor();
  await page.locator("#password").fill(passwordOf("amal"));
  await page.locator("#again").fill(passwordOf("another"));
  await page.keyboard.press("Enter");
  await page.locator("[role=alert]", {hasText: "not the same"}).waitFor();
  await page.locator("#again").fill(passwordOf("amal"));
  await page.keyboard.press("Enter");
  await page.locator("#name").waitFor();
  assert.match(await page.locator("[role=status]").innerText(), /password is set/);
  await page.locator("#name").focus();
  await page.keyboard.type("amal");
  await page.keyboard.press("Tab");
  await page.keyboard.type(passwordOf("amal"));
  await page.keyboard.press("Enter");
  await page.locator("main[data-page=overview]").waitFor();
  assert.match(await page.locator("header").innerText(), /amal\s*monitor/);
  await page.reload();
  await page.locator("main[data-page=overview]").waitFor();
  assert.match(await page.locator("header").innerText(), /amal/, "the session goes on after a reload");
  await page.evaluate(() => { globalThis.isOfBefore = true; });
  await page.getByRole("button", {name: "Sign out"}).click();
  await page.locator("main[data-page=sign-in]").waitFor();
  await until(page, () => globalThis.isOfBefore === undefined);
  await page.locator("main[data-page=sign-in]").waitFor();
  assertQuiet(page, workspace);
});

test("a wrong password is refused and says nothing of the name", async () => {
  const page = await workspace.open("", "/sign-in");
  for (const name of ["monitor", "nobody"]) {
    await page.locator("#name").fill(name);
    await page.locator("#password").fill("not the password at all");
    // What was said of the name before is gone when this one is sent.
    const answered = page.waitForResponse((response) => response.url().endsWith("/api/v1/session") && response.request().method() === "POST");
    await page.keyboard.press("Enter");
    assert.equal((await answered).status(), 401);
    await page.locator("[role=alert]").waitFor();
    assert.equal(await page.locator("[role=alert]").innerText(), "Name and password do not belong together.");
    await page.locator("#name").fill("");
  }
  // The browser itself notes the refused request.
  assert.deepEqual(page.errors.filter((text) => !/401/.test(text)), []);
});

test("every language has its direction, and nothing sticks out or cannot be read", async () => {
  for (const [language, direction, title] of [["en", "ltr", "Sign in"], ["ar", "rtl", "تسجيل الدخول"], ["fr", "ltr", "Connexion"], ["ru", "ltr", "Вход"]]) {
    for (const size of [undefined, phone]) {
      const page = await workspace.open("", "/sign-in", {language, ...(size ? {size} : {})});
      assert.equal(await page.getAttribute("html", "dir"), direction);
      assert.equal(await page.locator("h1").innerText(), title);
      await assertFits(page);
      await assertAccessible(page);
      await keepPicture(page, `sign-in-${language}-${size ? "phone" : "desk"}`);
      assertQuiet(page, workspace);
      await page.context().close();
    }
  }
});

test("another language is one choice away and stays", async () => {
  const page = await workspace.open("monitor", "/");
  await page.getByLabel("Language").selectOption("ar");
  await until(page, () => document.documentElement.dir === "rtl");
  await page.reload();
  await page.locator("main h1").waitFor();
  assert.equal(await page.locator("h1").innerText(), "هل تصمد الهدنة؟");
  assertQuiet(page, workspace);
});

test("the skip link leads to the page, and a link of the navigation moves the focus there", async () => {
  const page = await workspace.open("", "/sign-in");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await until(page, () => document.activeElement.tagName === "H1");
  await page.getByRole("link", {name: "Overview"}).click();
  await page.locator("main[data-page=overview]").waitFor();
  await until(page, () => document.activeElement.tagName === "H1");
  assertQuiet(page, workspace);
});
