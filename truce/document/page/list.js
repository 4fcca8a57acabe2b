"use strict";
// The list of incidents, by verdict and then by time. An incident's accounts are drawn when it is opened.
(() => {
  const {data, words, make, symbol} = truce;
  const list = document.getElementById("incident-list");
  const more = document.getElementById("incident-more");
  const shownText = document.getElementById("shown-text");
  const shownReset = document.getElementById("shown-reset");
  const page = 200;
  let limit = page;

  const badge = (outcome, ...text) => make("span", {class: `badge ${outcome}`}, symbol(outcome), ...text);
  // Its direction is the text's own, and cannot turn what stands beside it.
  const own = (text) => make("bdi", {}, text);

  function summaryLine(incident) {
    const told = new Set(incident.a.map((account) => account.by === undefined ? "" : account.to === words("unknown.name") ? account.act : `${account.act}: ${account.to}`));
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
  function summary(incident) {
    return make("summary", {},
      make("span", {class: "sign"}, symbol(incident.o)),
      make("span", {class: "when"}, incident.t),
      make("span", {class: "what"}, make("strong", {dir: "auto"}, incident.p || incident.id), make("span", {class: "line", dir: "auto"}, summaryLine(incident))),
      make("span", {class: "badges"}, ...summaryBadges(incident)),
      make("span", {class: "numbers"},
        make("span", {}, truce.count("incident.accounts", incident.a.length)),
        incident.d[1] ? make("span", {class: "deaths"}, words("incident.deaths", {n: incident.d[1]})) : null));
  }

  function opinions(verdict) {
    // Accounts that say the same for the same reason share a line.
    const lines = new Map();
    for (const [account, outcome, because] of verdict.a) {
      const key = `${outcome}\n${because}`;
      if (!lines.has(key)) lines.set(key, {outcome, because, names: []});
      lines.get(key).names.push(data.accounts[account]);
    }
    return make("ul", {class: "opinions"}, ...[...lines.values()].sort((a, b) => truce.marks.indexOf(a.outcome) - truce.marks.indexOf(b.outcome)).map((line) => make("li", {},
      badge(line.outcome, words(`outcome.${line.outcome}`)),
      make("span", {}, make("strong", {dir: "auto"}, line.names.join(", ")), line.because ? make("span", {class: "because", dir: "auto"}, line.because) : null))));
  }
  function clauseText(verdict) {
    const quote = make("blockquote", {class: "clause-text", dir: "auto", "aria-label": words("verdict.clause_text")});
    for (const [text, isDeciding] of data.markings[verdict.m]) quote.append(isDeciding ? make("mark", {}, text) : text);
    return quote;
  }
  function textList(title, texts) {
    if (!texts || texts.length === 0) return null;
    return make("div", {class: "aside"}, make("h5", {}, title), make("ul", {}, ...texts.map((text) => make("li", {dir: "auto"}, text))));
  }
  function verdictBlock(verdict) {
    return make("section", {class: `verdict ${verdict.o}`},
      make("h4", {}, badge(verdict.o, words(`outcome.${verdict.o}`)), " ",
        words("verdict.head", {clause: data.clauses[verdict.c].n, bearer: verdict.b})),
      verdict.because ? make("p", {class: "because", dir: "auto"}, verdict.because) : null,
      opinions(verdict),
      textList(words("verdict.would_change"), verdict.if),
      textList(words("verdict.by_reading"), verdict.read),
      clauseText(verdict));
  }

  function accountCard(account) {
    const rows = make("dl");
    const add = (key, ...values) => {
      const given = values.filter(Boolean);
      if (given.length > 0) rows.append(make("div", {}, make("dt", {}, words(`account.${key}`)), make("dd", {}, ...given)));
    };
    const text = (value) => (value ? own(value) : null);
    add("when", text(account.t));
    add("where", text(account.p));
    add("by", text(account.by), account.as ? make("span", {class: "as"}, words("account.as", {actors: account.as})) : null);
    add("act", text(account.act));
    add("to", text(account.to));
    add("with", text(account.with));
    add("deaths", text(account.d));
    add("observed", text(account.obs));
    add("source", text(account.src));
    add("source_id", text(account.sid));
    add("reported", text(account.rep));
    return make("article", {class: "account"}, make("h5", {dir: "auto"}, data.accounts[account.w]),
      account.note ? make("p", {class: "note", dir: "auto"}, account.note) : null, rows);
  }
  function body(incident) {
    const parts = [make("p", {class: "identity"}, own(words("incident.id", {id: incident.id})))];
    if (incident.n) parts.push(make("section", {class: "verdict none"}, make("h4", {}, badge("none", words("incident.why_none"))),
      ...incident.n.map((sentence) => make("p", {dir: "auto"}, sentence))));
    parts.push(...incident.v.map(verdictBlock));
    if (incident.a.length > 0) parts.push(make("section", {class: "sides"}, make("h4", {}, words("incident.sides")),
      make("div", {class: "accounts"}, ...incident.a.map(accountCard))));
    return make("div", {class: "body"}, ...parts);
  }
  function item(incident) {
    const details = make("details", {class: `incident ${incident.o}`, id: `incident-${incident.index}`}, summary(incident));
    details.addEventListener("toggle", () => {
      if (details.open) fill(details, incident);
    });
    return details;
  }
  function fill(details, incident) {
    if (details.children.length === 1) details.append(body(incident));
  }

  function render() {
    const shown = truce.order.filter((incident) => incident.shown);
    const parts = [];
    let left = limit;
    for (const mark of truce.marks) {
      const group = shown.filter((incident) => incident.o === mark);
      if (group.length === 0 || left <= 0) continue;
      parts.push(make("section", {class: `group ${mark}`},
        make("h3", {}, symbol(mark), words(`mark.${mark}`), make("span", {class: "amount"}, String(group.length.toLocaleString("en"))),
          make("span", {class: "meaning"}, words(`mark.${mark}.meaning`))),
        ...group.slice(0, left).map(item)));
      left -= group.length;
    }
    if (shown.length === 0) parts.push(make("p", {class: "none"}, words("filter.empty")));
    list.replaceChildren(...parts);
    const rest = Math.max(0, shown.length - limit);
    more.hidden = rest === 0;
    more.textContent = words("filter.more", {n: Math.min(rest, page)});
    shownText.textContent = words("filter.shown", {shown: shown.length.toLocaleString("en"), all: truce.incidents.length.toLocaleString("en")});
    shownReset.hidden = truce.isWhole();
    document.getElementById("shown").classList.toggle("limited", !truce.isWhole());
  }

  // Shows the incident in the list, open, wherever it stands.
  truce.open = (incident) => {
    if (!incident.shown) truce.reset();
    const place = truce.order.filter((other) => other.shown).indexOf(incident);
    if (place >= limit) {
      limit = Math.ceil((place + 1) / page) * page;
      render();
    }
    const details = document.getElementById(`incident-${incident.index}`);
    details.open = true;
    fill(details, incident);
    details.scrollIntoView({block: "start"});
    details.querySelector("summary").focus({preventScroll: true});
  };

  function options(id, key, values) {
    const select = document.getElementById(`filter-${id}`);
    select.append(make("option", {value: ""}, words("filter.any")));
    for (const [value, text] of values) select.append(make("option", {value}, text));
    select.addEventListener("change", () => truce.choose({[key]: select.value}));
    return select;
  }
  const used = (values) => [...new Set(values)];
  function listen() {
    const byName = (names) => (a, b) => names[a].localeCompare(names[b], "en");
    const clauses = used(truce.incidents.flatMap((incident) => incident.v.map((verdict) => verdict.c))).sort((a, b) => a - b);
    const sides = used(truce.incidents.flatMap((incident) => incident.s)).filter((side) => data.actors[side]).sort(byName(data.actors));
    const accounts = used(truce.incidents.flatMap((incident) => incident.a.map((account) => account.w))).sort(byName(data.accounts));
    const controls = {
      clause: options("clause", "clause", clauses.map((index) => [index, data.clauses[index].n])),
      side: options("side", "side", sides.map((index) => [index, data.actors[index]])),
      account: options("account", "account", accounts.map((index) => [index, data.accounts[index]])),
      text: document.getElementById("filter-text"),
    };
    let waiting = 0;
    controls.text.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => truce.choose({text: controls.text.value.trim().toLowerCase()}), 120);
    });
    document.getElementById("filters").addEventListener("submit", (event) => event.preventDefault());
    more.addEventListener("click", () => {
      const before = list.querySelectorAll("details").length;
      limit += page;
      render();
      list.querySelectorAll("details")[before]?.querySelector("summary").focus();
    });
    shownReset.addEventListener("click", () => truce.reset());
    truce.whenChosen(() => {
      limit = page;
      const choice = truce.choice();
      for (const key of ["clause", "side", "account"]) controls[key].value = choice[key];
      if (choice.text === "") controls.text.value = "";
      render();
    });
  }
  listen();
  render();
})();
