"use strict";
// The data of the page, its words, and small helpers the other scripts share.
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
  const number = (value) => value.toLocaleString("en");
  function count(key, value) {
    return words(`${key}.${value === 1 ? "one" : "many"}`, {n: number(value)});
  }
  // Texts stand once in a table; everything else holds their numbers.
  const text = (index) => (index === undefined ? "" : data.texts[index]);
  // In a reason a private character stands for what an account of the incident says.
  function reason(incident, index) {
    return text(index).replace(/[\uE000-\uE0FF]/g, (sign) => {
      const account = incident.a[sign.charCodeAt(0) - 0xE000];
      return account ? words("account.told", {who: data.accounts[account.w], told: text(account.told)}) : sign;
    });
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
  const badge = (outcome, ...content) => make("span", {class: `badge ${outcome}`}, symbol(outcome), ...content);
  // Its direction is the text's own, and cannot turn what stands beside it.
  const own = (content) => make("bdi", {}, content);
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
  const dayIso = (index) => new Date((firstDay + index) * day * 1000).toISOString().slice(0, 10);
  function dayFromIso(iso) {
    const at = Date.parse(`${iso}T00:00:00Z`);
    return Number.isNaN(at) ? null : Math.min(lastDay - firstDay, Math.max(0, at / 1000 / day - firstDay));
  }

  const incidents = data.incidents;
  const byId = new Map();
  incidents.forEach((incident, index) => {
    incident.index = index;
    incident.day = dayOf(incident.f);
    incident.rank = marks.indexOf(incident.o);
    incident.place = text(incident.p) || incident.id;
    incident.when = text(incident.t);
    incident.deaths = incident.d ?? [0, ""];
    byId.set(incident.id, incident);
  });
  // Most serious first, then by time, then by name: the order of the list.
  const order = [...incidents].sort((a, b) => a.rank - b.rank || a.f - b.f || (a.id < b.id ? -1 : 1));

  return {data, words, count, number, text, reason, make, draw, symbol, badge, own, shapeOf, incidents, byId, order, marks,
    dayText, dayIso, dayFromIso, dayCount: lastDay - firstDay + 1, firstDay, day};
})();
