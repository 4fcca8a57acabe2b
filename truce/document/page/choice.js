"use strict";
// What is chosen of the record: which incidents fit, how many would fit otherwise, and the fragment of the address that
// says so.
(() => {
  const {data, text, incidents, marks} = truce;
  const lastDay = truce.dayCount - 1;
  // Known to within three hours, to the day, or worse; to within 3 km, 30 km, or worse.
  const timeOf = (incident) => (incident.e <= 3 * 3600 ? "hour" : incident.e <= truce.day ? "day" : "days");
  const placeOf = (incident) => (incident.at === undefined ? "none" : incident.r <= 3000 ? "near" : incident.r <= 30000 ? "district" : "wide");
  const asMark = (outcome) => (marks.includes(outcome) ? outcome : "kept");

  for (const incident of incidents) {
    incident.rows = incident.v.map((verdict) => ({mark: asMark(verdict.o), clause: data.clauses[verdict.c].n, by: text(verdict.b)}));
    incident.named = incident.s.map((side) => data.actors[side]).filter(Boolean);
    incident.sources = [...new Set(incident.a.map((account) => data.accounts[account.w]))];
    incident.timeKnown = timeOf(incident);
    incident.placeKnown = placeOf(incident);
    incident.shown = true;
  }
  function searched(incident) {
    const parts = [incident.id, text(incident.p)];
    for (const account of incident.a) {
      parts.push(data.accounts[account.w]);
      for (const key of ["by", "act", "to", "with", "p", "src", "sid", "note"]) parts.push(text(account[key]));
    }
    return parts.join(" ").toLowerCase();
  }

  const whole = () => ({marks: new Set(marks), clause: "", by: "", named: "", source: "", time: "", place: "", text: "", from: 0, to: lastDay});
  let choice = whole();
  let counts = {};
  const listeners = [];

  // A clause or a side that is accused is looked for in the verdicts; then it is their outcome that counts.
  function fitsVerdict(incident, {marks: chosen, clause, by}) {
    if (clause === "" && by === "") return chosen.has(incident.o);
    return incident.rows.some((row) => (clause === "" || row.clause === clause) && (by === "" || row.by === by) && chosen.has(row.mark));
  }
  const tests = {
    named: (incident) => choice.named === "" || incident.named.includes(choice.named),
    source: (incident) => choice.source === "" || incident.sources.includes(choice.source),
    time: (incident) => choice.time === "" || incident.timeKnown === choice.time,
    place: (incident) => choice.place === "" || incident.placeKnown === choice.place,
    span: (incident) => incident.day >= choice.from && incident.day <= choice.to,
    text: (incident) => {
      if (choice.text === "") return true;
      incident.searched ??= searched(incident);
      return choice.text.toLowerCase().split(/\s+/).every((word) => incident.searched.includes(word));
    },
  };
  const add = (counted, value) => counted.set(value, (counted.get(value) ?? 0) + 1);

  // For each filter and each of its values: how many incidents would be shown with it, the others staying as they are.
  function apply() {
    counts = {verdict: new Map(), clause: new Map(), by: new Map(), named: new Map(), source: new Map(), time: new Map(), place: new Map()};
    for (const incident of incidents) {
      const failed = Object.keys(tests).filter((key) => !tests[key](incident));
      const hasVerdict = fitsVerdict(incident, choice);
      incident.shown = failed.length === 0 && hasVerdict;
      incident.isOutOfSpan = hasVerdict && failed.length === 1 && failed[0] === "span";
      if (failed.length === 0) countVerdicts(incident);
      if (!hasVerdict) continue;
      for (const key of ["named", "source", "time", "place"]) {
        if (failed.length > 1 || (failed.length === 1 && failed[0] !== key)) continue;
        const values = {named: incident.named, source: incident.sources, time: [incident.timeKnown], place: [incident.placeKnown]}[key];
        for (const value of values) add(counts[key], value);
      }
    }
  }
  function countVerdicts(incident) {
    for (const mark of marks) {
      if (fitsVerdict(incident, {...choice, marks: new Set([mark])})) add(counts.verdict, mark);
    }
    for (const key of ["clause", "by"]) {
      for (const value of new Set(incident.rows.map((row) => row[key]))) {
        if (fitsVerdict(incident, {...choice, [key]: value})) add(counts[key], value);
      }
    }
  }
  function isWhole() {
    return choice.marks.size === marks.length && choice.from === 0 && choice.to === lastDay &&
      ["clause", "by", "named", "source", "time", "place", "text"].every((key) => choice[key] === "");
  }

  function toFragment(incident) {
    const parts = new URLSearchParams();
    if (choice.marks.size < marks.length) parts.set("verdict", marks.filter((mark) => choice.marks.has(mark)).join(","));
    for (const key of ["clause", "by", "named", "source", "time", "place", "text"]) {
      if (choice[key] !== "") parts.set(key, choice[key]);
    }
    if (choice.from > 0) parts.set("from", truce.dayIso(choice.from));
    if (choice.to < lastDay) parts.set("to", truce.dayIso(choice.to));
    if (incident) parts.set("incident", incident.id);
    return parts.toString();
  }
  function fromFragment(fragment) {
    const parts = new URLSearchParams(fragment);
    const read = whole();
    if (parts.has("verdict")) read.marks = new Set(parts.get("verdict").split(",").filter((mark) => marks.includes(mark)));
    for (const key of ["clause", "by", "named", "source", "time", "place", "text"]) read[key] = parts.get(key) ?? "";
    read.from = truce.dayFromIso(parts.get("from")) ?? 0;
    read.to = Math.max(read.from, truce.dayFromIso(parts.get("to")) ?? lastDay);
    return read;
  }
  function remember() {
    const fragment = toFragment(null);
    try {
      history.replaceState(history.state, "", `#${fragment}`);
    } catch {
      // Inside a frame without an address of its own the choice cannot be remembered; everything else works.
    }
  }
  function change(next, isRemembered) {
    choice = next;
    apply();
    if (isRemembered) remember();
    for (const listener of listeners) listener();
  }
  apply();

  Object.assign(truce, {
    isWhole, toFragment, fromFragment,
    choose: (part) => change({...choice, ...part}, true),
    reset: () => change(whole(), true),
    adopt: (next) => change(next, false),
    choice: () => choice,
    counts: () => counts,
    whenChosen: (listener) => listeners.push(listener),
    link: (incident) => `#${toFragment(incident)}`,
  });
})();
