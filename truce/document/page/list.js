"use strict";
// The filters with their counts, what is chosen as words that can be taken away one by one, and the list of incidents.
(() => {
  const {data, words, text, make, symbol, badge, own, marks} = truce;
  const list = document.getElementById("incident-list");
  if (!list) return;
  const more = document.getElementById("incident-more");
  const page = 40;
  let limit = page;

  const selects = ["clause", "by", "named", "source", "time", "place"];
  const control = (key) => document.getElementById(`filter-${key}`);
  const isNamed = (key) => key === "time" || key === "place";
  const valueText = (key, value) => (isNamed(key) ? words(`filter.${key}.${value}`) : value);

  function valuesOf(key) {
    if (key === "time") return ["hour", "day", "days"];
    if (key === "place") return ["near", "district", "wide", "none"];
    const all = {clause: (incident) => incident.rows.map((row) => row.clause), by: (incident) => incident.rows.map((row) => row.by),
      named: (incident) => incident.named, source: (incident) => incident.sources};
    const values = [...new Set(truce.incidents.flatMap(all[key]))];
    const numbers = data.clauses.map((clause) => clause.n);
    return key === "clause" ? values.sort((a, b) => numbers.indexOf(a) - numbers.indexOf(b)) : values.sort((a, b) => a.localeCompare(b, "en"));
  }
  const values = Object.fromEntries(selects.map((key) => [key, valuesOf(key)]));

  function fillSelect(key) {
    const chosen = truce.choice()[key], counted = truce.counts()[key];
    const options = [make("option", {value: ""}, words("filter.any"))];
    // A value from the address that nothing has is still shown, so that it can be seen and taken away.
    const known = chosen === "" || values[key].includes(chosen) ? values[key] : [...values[key], chosen];
    for (const value of known) {
      const number = counted.get(value) ?? 0;
      if (number === 0 && value !== chosen) continue;
      options.push(make("option", {value}, words("filter.count", {value: valueText(key, value), n: truce.number(number)})));
    }
    control(key).replaceChildren(...options);
    control(key).value = chosen;
  }
  const verdictButtons = marks.map((mark) => {
    const amount = make("span", {class: "amount"});
    const button = make("button", {type: "button", class: `verdict-button ${mark}`, "data-mark": mark}, symbol(mark), words(`mark.${mark}`), " ", amount);
    button.addEventListener("click", () => {
      const chosen = new Set(truce.choice().marks);
      if (!chosen.delete(mark)) chosen.add(mark);
      truce.choose({marks: chosen});
    });
    return {mark, button, amount};
  });
  function fillVerdicts() {
    for (const {mark, button, amount} of verdictButtons) {
      button.setAttribute("aria-pressed", String(truce.choice().marks.has(mark)));
      amount.textContent = truce.number(truce.counts().verdict.get(mark) ?? 0);
    }
  }

  // Each part of the choice, in words, with what takes it away.
  function chosenParts() {
    const choice = truce.choice(), parts = [];
    if (choice.marks.size < marks.length) {
      const names = marks.filter((mark) => choice.marks.has(mark)).map((mark) => words(`mark.${mark}`)).join(", ");
      parts.push([words("filter.verdict_list", {list: names || "–"}), {marks: new Set(marks)}]);
    }
    for (const key of [...selects, "text"]) {
      if (choice[key] !== "") parts.push([words("filter.one", {name: words(`filter.${key}`), value: valueText(key, choice[key])}), {[key]: ""}]);
    }
    if (choice.from > 0 || choice.to < truce.dayCount - 1) {
      const span = {from: truce.dayText(choice.from), to: truce.dayText(choice.to)};
      parts.push([choice.from === choice.to ? span.from : words("filter.span", span), {from: 0, to: truce.dayCount - 1}]);
    }
    return parts;
  }
  function fillShown(shown) {
    document.getElementById("shown-text").textContent =
      words("filter.shown", {shown: truce.number(shown), all: truce.number(truce.incidents.length)});
    document.getElementById("shown-choice").replaceChildren(...chosenParts().map(([what, without]) => {
      const button = make("button", {type: "button", "aria-label": words("filter.remove", {what})}, what, make("span", {"aria-hidden": "true"}, " ×"));
      button.addEventListener("click", () => {
        truce.choose(without);
        document.getElementById("shown-reset").hidden ? control("text").focus() : document.getElementById("shown-reset").focus();
      });
      return make("li", {}, button);
    }));
    document.getElementById("shown-reset").hidden = truce.isWhole();
    document.getElementById("shown").classList.toggle("limited", !truce.isWhole());
  }

  function summaryLine(incident) {
    const unknown = words("unknown.name");
    const told = new Set(incident.a.map((account) => (account.by === undefined ? "" :
      text(account.to) === unknown ? text(account.act) : `${text(account.act)}: ${text(account.to)}`)));
    const kinds = [...told].filter(Boolean);
    return kinds.slice(0, 2).join("; ") + (kinds.length > 2 ? " …" : "");
  }
  function summaryBadges(incident) {
    const seen = new Set(), badges = [];
    for (const verdict of incident.v) {
      const key = `${verdict.c} ${verdict.o}`;
      if (seen.has(key)) continue;
      seen.add(key);
      badges.push(badge(verdict.o, `${data.clauses[verdict.c].n} ${words(`outcome.${verdict.o}`)}`));
    }
    return badges.slice(0, 4);
  }
  function item(incident) {
    const row = make("a", {class: `incident ${incident.o}`, href: truce.link(incident), "data-incident": incident.index},
      make("span", {class: "sign"}, symbol(incident.o)),
      make("span", {class: "when"}, incident.when),
      make("span", {class: "what"}, make("strong", {dir: "auto"}, incident.place), make("span", {class: "line", dir: "auto"}, summaryLine(incident))),
      make("span", {class: "badges"}, ...summaryBadges(incident)),
      make("span", {class: "numbers"},
        make("span", {}, truce.count("incident.accounts", incident.a.length)),
        incident.deaths[1] ? make("span", {class: "deaths"}, words("incident.deaths", {n: incident.deaths[1]})) : null));
    return make("li", {}, row);
  }
  function render() {
    const shown = truce.order.filter((incident) => incident.shown);
    const parts = [];
    let left = limit;
    for (const mark of marks) {
      const group = shown.filter((incident) => incident.o === mark);
      if (group.length === 0 || left <= 0) continue;
      parts.push(make("section", {class: `group ${mark}`},
        make("h4", {}, symbol(mark), words(`mark.${mark}`), " ", make("span", {class: "amount"}, truce.number(group.length))),
        make("ul", {}, ...group.slice(0, left).map(item))));
      left -= group.length;
    }
    if (shown.length === 0) parts.push(make("p", {class: "empty"}, words("filter.empty")));
    list.replaceChildren(...parts);
    const rest = Math.max(0, shown.length - limit);
    more.hidden = rest === 0;
    more.textContent = words("filter.more", {n: truce.number(Math.min(rest, page))});
    fillShown(shown.length);
  }

  function listen() {
    for (const key of selects) control(key).addEventListener("change", () => truce.choose({[key]: control(key).value}));
    let waiting = 0;
    control("text").addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => truce.choose({text: control("text").value.trim()}), 120);
    });
    document.getElementById("filters").addEventListener("submit", (event) => event.preventDefault());
    more.addEventListener("click", () => {
      const before = list.querySelectorAll("a.incident").length;
      limit += page;
      render();
      list.querySelectorAll("a.incident")[before]?.focus();
    });
    document.getElementById("shown-reset").addEventListener("click", () => {
      truce.reset();
      control("text").focus({preventScroll: true});
    });
    truce.whenChosen(refresh);
  }
  function refresh() {
    limit = page;
    if (document.activeElement !== control("text")) control("text").value = truce.choice().text;
    selects.forEach(fillSelect);
    fillVerdicts();
    render();
  }
  document.getElementById("filter-verdicts").append(...verdictButtons.map(({button}) => button));
  listen();
  refresh();
})();
