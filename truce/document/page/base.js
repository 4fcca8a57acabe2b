"use strict";
// The data of the page, its words, what is shown, and small helpers the other scripts share.
const truce = (() => {
  const root = document.documentElement;
  // From here on the parts that need scripts take their room, so that they can be measured.
  root.dataset.scripts = "on";
  const countError = () => { root.dataset.errors = String(Number(root.dataset.errors) + 1); };
  window.addEventListener("error", countError);
  document.addEventListener("securitypolicyviolation", countError);

  const data = JSON.parse(document.getElementById("data").textContent);
  const day = 86400;
  const marks = ["broken", "contested", "unknown", "kept", "none", "act"];

  function words(key, values = {}) {
    const text = data.words[key];
    if (text === undefined) throw new Error(`no words for ${key}`);
    return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
  }
  function count(key, number) {
    return words(`${key}.${number === 1 ? "one" : "many"}`, {n: number.toLocaleString("en")});
  }
  // Text never becomes markup: elements are made here, and only text is put into them.
  function fillElement(element, attributes, children) {
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== undefined && value !== null) element.setAttribute(name, value);
    }
    for (const child of children) {
      if (child !== undefined && child !== null) element.append(child);
    }
    return element;
  }
  const make = (tag, attributes = {}, ...children) =>
    fillElement(document.createElement(tag), attributes, children);
  const draw = (tag, attributes = {}, ...children) =>
    fillElement(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
  const symbol = (key) => draw("svg", {class: `symbol ${key}`, viewBox: "-8 -8 16 16", "aria-hidden": "true"},
    draw("use", {href: `#shape-${key}`, x: -8, y: -8, width: 16, height: 16}));
  const shapeOf = (key) => document.querySelector(`#shape-${key} path`).getAttribute("d");

  const firstDay = Math.floor((data.from + data.offset) / day);
  const lastDay = Math.max(firstDay, Math.floor((Math.max(data.from, data.to - 1) + data.offset) / day));
  const dayOf = (seconds) => Math.floor((seconds + data.offset) / day) - firstDay;
  const months = words("months").split(" ");
  function dayText(index, withYear = true) {
    const date = new Date((firstDay + index) * day * 1000);
    const short = `${date.getUTCDate()} ${months[date.getUTCMonth()]}`;
    return withYear ? `${short} ${date.getUTCFullYear()}` : short;
  }

  function searched(incident) {
    const parts = [incident.id, incident.p];
    for (const account of incident.a) {
      parts.push(data.accounts[account.w], account.by, account.act, account.to, account.with, account.p,
        account.src, account.sid, account.note);
    }
    return parts.filter(Boolean).join(" ").toLowerCase();
  }
  const incidents = data.incidents;
  incidents.forEach((incident, index) => {
    incident.index = index;
    incident.day = dayOf(incident.f);
    incident.rank = marks.indexOf(incident.o);
    incident.shown = true;
  });
  // Most serious first, then by time, then by name: the order of the list.
  const order = [...incidents].sort((a, b) => a.rank - b.rank || a.f - b.f || (a.id < b.id ? -1 : 1));

  const whole = () => ({marks: new Set(marks), clause: "", side: "", account: "", text: "",
    from: 0, to: lastDay - firstDay});
  let choice = whole();
  const listeners = [];

  function fits(incident) {
    if (!choice.marks.has(incident.o) || incident.day < choice.from || incident.day > choice.to) return false;
    if (choice.clause !== "" && !incident.v.some((verdict) => verdict.c === Number(choice.clause))) return false;
    if (choice.side !== "" && !incident.s.includes(Number(choice.side))) return false;
    if (choice.account !== "" && !incident.a.some((account) => account.w === Number(choice.account))) return false;
    if (choice.text === "") return true;
    incident.searched ??= searched(incident);
    return choice.text.split(/\s+/).every((word) => incident.searched.includes(word));
  }
  function isWhole() {
    return choice.marks.size === marks.length && !choice.clause && !choice.side && !choice.account && !choice.text &&
      choice.from === 0 && choice.to === lastDay - firstDay;
  }
  function choose(change) {
    choice = {...choice, ...change};
    for (const incident of incidents) incident.shown = fits(incident);
    for (const listener of listeners) listener();
  }

  return {
    data, words, count, make, draw, symbol, shapeOf, incidents, order, marks, dayOf, dayText,
    dayCount: lastDay - firstDay + 1, firstDay, day, isWhole, choose,
    reset: () => choose(whole()),
    choice: () => choice,
    whenChosen: (listener) => listeners.push(listener),
  };
})();
