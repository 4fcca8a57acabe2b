// SPDX-License-Identifier: Apache-2.0
// Whether the keyboard alone reaches all that the mouse can use. Tab is pressed through the whole page; in a group of which
// one part takes the focus, as radio buttons and toolbars have it, the arrows are pressed.
import assert from "node:assert/strict";

const most = 700;

// Numbers everything that a mouse can use and gives what is none of the elements that Enter and Space work on by themselves.
// The handlers that Svelte gives to an element stand in its property `__click`.
function number() {
  const native = "a[href], button, input, select, textarea, summary, label, option, canvas";
  const usable = [...document.querySelectorAll("body *")].filter((element) => {
    const isNative = element.matches("a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), summary");
    return (isNative || element.__click !== undefined) && element.checkVisibility({visibilityProperty: true}) && element.getClientRects().length > 0;
  });
  usable.forEach((element, at) => { element.dataset.keyboard = String(at); });
  globalThis.keyboardSeen = new Set();
  globalThis.keyboardBare = new Set();
  return usable.filter((element) => !element.matches(native)).map((element) => element.outerHTML.slice(0, 120));
}
// Notes what has the focus, and whether it can be seen; gives its number and whether it stands in a group with others.
function note() {
  const element = document.activeElement;
  const at = element?.dataset?.keyboard;
  if (at === undefined) return {at: element === document.body ? "body" : "", inGroup: false, isSelect: false};
  globalThis.keyboardSeen.add(at);
  const style = getComputedStyle(element);
  // A checkbox or a file field is drawn with its own ring; all others by the style of the page.
  if (style.outlineStyle === "none" && style.boxShadow === "none") globalThis.keyboardBare.add(element.outerHTML.slice(0, 120));
  return {at, inGroup: element.matches("[type=radio], [role=toolbar] *")};
}
function missed() {
  return [...document.querySelectorAll("[data-keyboard]")].filter(({dataset}) => !globalThis.keyboardSeen.has(dataset.keyboard)).map((element) => element.outerHTML.slice(0, 160));
}

export async function assertKeyboardReaches(page) {
  // What is folded up is opened by its summary, which is reached like everything else.
  await page.evaluate(() => {
    for (const details of document.querySelectorAll("details")) details.open = true;
    document.activeElement?.blur();
    getSelection()?.removeAllRanges();
    scrollTo(0, 0);
  });
  assert.deepEqual(await page.evaluate(number), [], "nothing is used by the mouse alone");
  await page.locator("body").evaluate((body) => { body.tabIndex = -1; body.focus(); body.removeAttribute("tabindex"); });
  const groups = new Set();
  let first;
  for (let pressed = 0; pressed < most; pressed += 1) {
    await page.keyboard.press("Tab");
    const {at, inGroup} = await page.evaluate(note);
    if (at === "body" && pressed > 0 || (at !== "" && at === first)) break;
    if (at !== "body" && at !== "") first ??= at;
    if (!inGroup || groups.has(at)) continue;
    // A toolbar takes the focus where it was left: from its first part on.
    await page.keyboard.press("Home");
    let now = await page.evaluate(note);
    const walked = new Set();
    for (let arrows = 0; arrows < 250 && !walked.has(now.at); arrows += 1) {
      walked.add(now.at);
      await page.keyboard.press("ArrowDown");
      now = await page.evaluate(note);
    }
    for (const part of [at, ...walked]) groups.add(part);
  }
  assert.deepEqual(await page.evaluate(missed), [], "Tab and the arrows reach everything");
  assert.deepEqual(await page.evaluate(() => [...globalThis.keyboardBare]), [], "one sees where the focus is");
}
