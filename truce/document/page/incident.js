"use strict";
// The page of one incident: its accounts side by side, where they disagree, the verdicts with the clause's words, why.
(() => {
  const {data, words, text, reason, make, badge, symbol, own} = truce;
  const article = document.getElementById("incident");
  // The rows of the comparison, in the order of the letters in `x`, then those that are not compared.
  const topics = ["by", "act", "to", "with", "when", "where", "deaths"];
  const details = ["observed", "source", "reported", "note"];
  const cells = {
    by: (account) => [text(account.by), account.as === undefined ? "" : words("account.as", {actors: text(account.as)})],
    act: (account) => [text(account.act)],
    to: (account) => [text(account.to)],
    with: (account) => [text(account.with)],
    when: (account) => [text(account.t)],
    where: (account) => [text(account.p)],
    deaths: (account) => [text(account.d)],
    observed: (account) => [text(account.obs)],
    source: (account) => [text(account.src), text(account.sid)],
    reported: (account) => [text(account.rep)],
    note: (account) => [text(account.note)],
  };

  function opinions(incident, verdict) {
    // Accounts that say the same for the same reason share a line.
    const lines = new Map();
    for (const [account, outcome, because] of verdict.a) {
      const key = `${outcome} ${because}`;
      if (!lines.has(key)) lines.set(key, {outcome, because, names: []});
      lines.get(key).names.push(data.accounts[account]);
    }
    const sorted = [...lines.values()].sort((a, b) => truce.marks.indexOf(a.outcome) - truce.marks.indexOf(b.outcome));
    return make("ul", {class: "opinions"}, ...sorted.map((line) => make("li", {},
      badge(line.outcome, words(`outcome.${line.outcome}`)),
      make("span", {}, make("strong", {dir: "auto"}, line.names.join(", ")),
        text(line.because) ? make("span", {class: "because", dir: "auto"}, ownReason(incident, line.because)) : null))));
  }
  // What the account says stands above; here only what follows from it.
  function ownReason(incident, index) {
    const rest = text(index).replace(/^[\uE000-\uE0FF][,:] /, "");
    return rest === text(index) ? reason(incident, index) : rest;
  }
  function clauseText(verdict) {
    const quote = make("blockquote", {class: "clause-text", dir: "auto"});
    for (const [part, isDeciding] of data.markings[verdict.m]) quote.append(isDeciding ? make("mark", {}, part) : part);
    return make("div", {class: "aside"}, make("h5", {}, words("verdict.clause_text")), quote);
  }
  function textList(title, incident, texts) {
    if (!texts || texts.length === 0) return null;
    return make("div", {class: "aside"}, make("h5", {}, title),
      make("ul", {}, ...texts.map((index) => make("li", {dir: "auto"}, reason(incident, index)))));
  }
  function verdictBlock(incident, verdict) {
    return make("section", {class: `verdict ${verdict.o}`},
      make("h4", {}, badge(verdict.o, words(`outcome.${verdict.o}`)), " ",
        words("verdict.head", {clause: data.clauses[verdict.c].n, bearer: text(verdict.b)})),
      verdict.because === undefined ? null : make("p", {class: "because", dir: "auto"}, reason(incident, verdict.because)),
      verdict.await === undefined ? null : make("p", {class: "awaited", dir: "auto"}, text(verdict.await)),
      verdict.a.length > 1 ? opinions(incident, verdict) : null,
      textList(words("verdict.would_change"), incident, verdict.if),
      textList(words("verdict.by_reading"), incident, verdict.read),
      clauseText(verdict));
  }

  function cell(account, topic, who) {
    const content = cells[topic](account).filter(Boolean);
    const is = content.length > 0 && content[0] !== words("unknown.name");
    return make("td", {"data-label": who, class: is ? null : "unsaid"},
      ...(is ? content.map((part, index) => make(index === 0 ? "span" : "small", {}, own(part)))
        : [make("span", {}, words("agreeing.-"))]));
  }
  function row(incident, topic, letter) {
    const isSaid = (content) => content.length > 0 && content !== words("unknown.name");
    if (!incident.a.some((account) => cells[topic](account).some(isSaid))) return null;
    const sign = {d: "≠", o: "≈", s: "=", 1: "·"}[letter];
    return make("tr", {class: letter === "d" ? "differ" : letter === "o" ? "open" : null},
      make("th", {scope: "row"}, words(`account.${topic}`),
        sign ? make("small", {class: "agreeing"}, make("span", {"aria-hidden": "true"}, `${sign} `), words(`agreeing.${letter}`)) : null),
      ...incident.a.map((account) => cell(account, topic, data.accounts[account.w])));
  }
  function comparison(incident) {
    const isOne = incident.a.length === 1;
    const letters = incident.x ?? "";
    const differing = topics.filter((topic, index) => letters[index] === "d").map((topic) => words(`account.${topic}`).toLowerCase());
    const joined = differing.length < 2 ? differing.join("") : `${differing.slice(0, -1).join(", ")} ${words("list.and")} ${differing.at(-1)}`;
    const summary = isOne ? null : make("p", {class: "agreeing-sum"},
      differing.length > 0 ? words("agreeing.sum.one", {list: joined}) : words("agreeing.sum.none"));
    const head = make("thead", {}, make("tr", {}, make("th", {scope: "col"}, make("span", {class: "unseen"}, words("incident.topic"))),
      ...incident.a.map((account) => make("th", {scope: "col", dir: "auto"}, data.accounts[account.w]))));
    const rows = [...topics.map((topic, index) => row(incident, topic, isOne ? undefined : letters[index])),
      ...details.map((topic) => row(incident, topic))];
    return make("section", {class: "sides"},
      make("h3", {}, words(isOne ? "incident.sides_one" : "incident.sides")), summary,
      make("div", {class: "table-frame", role: "region", tabindex: "0", "aria-label": words("incident.table")},
        make("table", {class: "accounts"}, head, make("tbody", {}, ...rows))));
  }

  function neighbours(incident) {
    const shown = truce.order.filter((other) => other.shown || other === incident);
    const at = shown.indexOf(incident);
    const link = (other, key, rel) => (other ? make("a", {href: truce.link(other), rel}, words(key)) : null);
    return [link(shown[at - 1], "incident.before", "prev"), link(shown[at + 1], "incident.after", "next")];
  }
  function facts(incident) {
    const parts = [];
    if (incident.deaths[1]) parts.push(words("incident.deaths", {n: incident.deaths[1]}));
    parts.push(truce.count("incident.accounts", incident.a.length));
    if (incident.r >= 1000) parts.push(words("map.within", {n: Math.round(incident.r / 1000)}));
    parts.push(words("incident.id", {id: incident.id}));
    return make("p", {class: "identity"}, own(parts.join(" · ")));
  }
  truce.drawIncident = (incident) => {
    const back = make("a", {class: "back", href: truce.link(null)}, make("span", {"aria-hidden": "true"}, "← "), words("incident.back"));
    const title = make("h2", {id: "incident-title", tabindex: "-1"}, words("incident.title", {place: incident.place, when: incident.when}));
    const none = !incident.n ? null : make("section", {class: "verdict none"}, make("h4", {}, badge("none", words("incident.why_none"))),
      ...incident.n.map((index) => make("p", {dir: "auto"}, reason(incident, index))));
    const verdicts = none || incident.v.length > 0 ? make("section", {class: "verdicts-of"}, make("h3", {}, words("incident.verdicts")),
      none, ...incident.v.map((verdict) => verdictBlock(incident, verdict))) : null;
    article.replaceChildren(
      make("nav", {class: "between", "aria-label": words("incidents.title")}, back, ...neighbours(incident)),
      make("p", {class: `ruling ${incident.o}`}, symbol(incident.o), make("strong", {}, words(`mark.${incident.o}`)), ": ", words(`mark.${incident.o}.meaning`)),
      title, facts(incident), comparison(incident), ...(verdicts ? [verdicts] : []));
    return title;
  };
  truce.open = (incident) => { location.hash = truce.toFragment(incident); };
})();
