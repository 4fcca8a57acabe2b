"use strict";
// The line of days: windows in force, renewals, and the incidents of each day.
(() => {
  const {data, words, draw, marks} = truce;
  const svg = document.getElementById("timeline-drawing");
  if (!svg) return;
  const inputs = {from: document.getElementById("range-from"), to: document.getElementById("range-to")};
  const texts = {from: document.getElementById("range-from-text"), to: document.getElementById("range-to-text")};
  const gutter = 64, bandHeight = 12, bandGap = 7, axisHeight = 24, last = truce.dayCount - 1;
  let scale = {x: () => 0, dayAt: () => 0};

  // Clauses with the same windows share a band; one without any bound says nothing on a line.
  function bands() {
    const byWindow = new Map();
    for (const clause of data.clauses) {
      const windows = clause.w.filter((window) => window.f !== null || window.t !== null);
      if (windows.length === 0) continue;
      const key = JSON.stringify(windows.map((window) => [window.f, window.t, window.renewals.map((tick) => tick[0])]));
      if (!byWindow.has(key)) byWindow.set(key, {clauses: [], windows});
      byWindow.get(key).clauses.push(clause.n);
    }
    return [...byWindow.values()];
  }
  const allBands = bands();

  function drawBands(width) {
    const group = draw("g", {class: "bands"});
    const origin = truce.firstDay * truce.day - data.offset;
    const place = (seconds) => scale.x((seconds - origin) / truce.day);
    allBands.forEach((band, row) => {
      const y = row * (bandHeight + bandGap) + 4;
      const name = band.clauses.join(", ");
      const label = draw("text", {class: "band-name", x: gutter - 8, y: y + bandHeight - 2, "text-anchor": "end"});
      label.textContent = name.length > 9 ? `${name.slice(0, 8)}…` : name;
      group.append(label);
      for (const window of band.windows) {
        const begin = Math.max(gutter, window.f === null ? gutter : place(window.f));
        const end = Math.min(width, window.t === null ? width : place(window.t));
        if (end <= begin) continue;
        const title = draw("title");
        title.textContent = words("timeline.clause", {clause: name, text: window.text});
        group.append(draw("rect", {class: window.sure ? "band" : "band unsure", x: begin, y, width: end - begin,
          height: bandHeight, rx: 2}, title));
        for (const [at, text] of window.renewals) {
          const tickTitle = draw("title");
          tickTitle.textContent = text;
          const x = place(at);
          group.append(draw("path", {class: "renewal", d: `M${x} ${y - 4}V${y + bandHeight + 4}`}, tickTitle));
        }
      }
    });
    return group;
  }

  function shownByDay() {
    const days = Array.from({length: truce.dayCount}, () => []);
    for (const incident of truce.order) {
      // Days outside the span stay drawn, pale, so that the span can be widened again by eye.
      if (incident.shown || incident.isOutOfSpan) days[incident.day].push(incident);
    }
    return days;
  }
  function drawMarks(days, step, top, height) {
    const group = draw("g", {class: "marks"});
    const most = Math.max(1, ...days.map((list) => list.length));
    const columns = Math.max(1, Math.floor(step / 11));
    const rows = Math.ceil(most / columns);
    const size = Math.min(11, height / rows);
    if (step >= 7 && size >= 6) {
      for (const [index, list] of days.entries()) {
        list.forEach((incident, place) => {
          const column = place % columns, row = Math.floor(place / columns);
          const used = Math.min(columns, list.length);
          const x = scale.x(index + 0.5) + (column - (used - 1) / 2) * Math.min(11, step / columns);
          const y = top + height - (row + 0.5) * size;
          group.append(draw("path", {class: `mark ${incident.o}`, d: truce.shapeOf(incident.o), "fill-rule": "evenodd",
            transform: `translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${(Math.min(size, step) / 17).toFixed(2)})`}));
        });
      }
      return group;
    }
    for (const [index, list] of days.entries()) {
      let y = top + height;
      for (const mark of marks) {
        const amount = list.filter((incident) => incident.o === mark).length;
        if (amount === 0) continue;
        const tall = amount / most * height;
        y -= tall;
        group.append(draw("rect", {class: `bar ${mark}`, x: scale.x(index).toFixed(2), y: y.toFixed(2), height: tall.toFixed(2),
          width: Math.max(1, step - 0.6).toFixed(2)}));
      }
    }
    return group;
  }

  function drawAxis(step, top, height) {
    const group = draw("g", {class: "axis"});
    const every = Math.max(1, Math.ceil(54 / step));
    for (let index = 0; index < truce.dayCount; index += 1) {
      const isNamed = index % every === 0;
      if (step < 5 && !isNamed) continue;
      const x = scale.x(index);
      group.append(draw("path", {class: isNamed ? "grid named" : "grid", d: `M${x} ${top}V${top + height}`}));
      if (isNamed && x < scale.x(truce.dayCount) - 34) {
        const label = draw("text", {x: x + 2, y: top + height + 17});
        label.textContent = truce.dayText(index, false);
        group.append(label);
      }
    }
    return group;
  }

  function drawRange(top, height) {
    const {from, to} = truce.choice();
    const group = draw("g", {class: "unchosen"});
    if (from > 0) group.append(draw("rect", {x: scale.x(0), y: 0, width: scale.x(from) - scale.x(0), height: top + height}));
    if (to < last) group.append(draw("rect", {x: scale.x(to + 1), y: 0, width: scale.x(last + 1) - scale.x(to + 1), height: top + height}));
    // The edges of the span, drawn where it can be taken hold of.
    for (const [isEdge, x] of [[from > 0, scale.x(from)], [to < last, scale.x(to + 1)]]) {
      if (isEdge) group.append(draw("path", {class: "edge", d: `M${x} 0V${top + height}M${x - 3} ${top + height / 2 - 12}V${top + height / 2 + 12}M${x + 3} ${top + height / 2 - 12}V${top + height / 2 + 12}`}));
    }
    return group;
  }

  function drawDayTitles(days, step, top, height) {
    const group = draw("g", {class: "day-areas"});
    for (const [index, list] of days.entries()) {
      const title = draw("title");
      title.textContent = words("timeline.day", {day: truce.dayText(index), count: truce.count("incidents", list.length)});
      group.append(draw("rect", {x: scale.x(index), y: top, width: step, height}, title));
    }
    return group;
  }

  function redraw() {
    const width = Math.max(280, svg.parentElement.clientWidth);
    const step = (width - gutter) / truce.dayCount;
    scale = {x: (days) => gutter + days * step, dayAt: (x) => Math.min(last, Math.max(0, Math.floor((x - gutter) / step)))};
    const top = allBands.length * (bandHeight + bandGap) + 10;
    const days = shownByDay();
    // Room for one mark per incident where the busiest day allows it.
    const most = Math.max(1, ...days.map((list) => list.length));
    const height = Math.min(280, Math.max(160, Math.ceil(most / Math.max(1, Math.floor(step / 11))) * 8));
    svg.setAttribute("viewBox", `0 0 ${width} ${top + height + axisHeight}`);
    svg.setAttribute("height", top + height + axisHeight);
    svg.replaceChildren(drawAxis(step, top, height), drawBands(width), drawMarks(days, step, top, height),
      drawRange(top, height), drawDayTitles(days, step, top, height));
  }

  function showRange() {
    const choice = truce.choice();
    for (const end of ["from", "to"]) {
      inputs[end].value = choice[end];
      texts[end].textContent = truce.dayText(choice[end]);
      inputs[end].setAttribute("aria-valuetext", truce.dayText(choice[end]));
    }
    redraw();
  }

  function listen() {
    for (const input of Object.values(inputs)) input.max = last;
    inputs.from.addEventListener("input", () => {
      const from = Number(inputs.from.value);
      truce.choose({from, to: Math.max(from, truce.choice().to)});
    });
    inputs.to.addEventListener("input", () => {
      const to = Number(inputs.to.value);
      truce.choose({to, from: Math.min(to, truce.choice().from)});
    });
    const under = (event) => event.clientX - svg.getBoundingClientRect().left;
    let begin = null, isClick = false, wanted = null;
    // While dragging, one choice for each picture is enough, however fast the pointer moves.
    const chooseSoon = (next) => {
      if (wanted === null) requestAnimationFrame(() => { truce.choose(wanted); wanted = null; });
      wanted = next;
    };
    svg.addEventListener("pointerdown", (event) => {
      const {from, to} = truce.choice(), x = under(event), day = scale.dayAt(x);
      // Near an edge of the span that edge is moved, and the other stays.
      if (from > 0 && Math.abs(x - scale.x(from)) < 8) begin = to;
      else if (to < last && Math.abs(x - scale.x(to + 1)) < 8) begin = from;
      else begin = day;
      isClick = begin === day;
      svg.setPointerCapture(event.pointerId);
    });
    svg.addEventListener("pointermove", (event) => {
      if (begin === null) return;
      const day = scale.dayAt(under(event));
      if (isClick && day === begin) return;
      isClick = false;
      const {from, to} = truce.choice(), next = {from: Math.min(begin, day), to: Math.max(begin, day)};
      if (wanted !== null || next.from !== from || next.to !== to) chooseSoon(next);
    });
    svg.addEventListener("pointerup", () => {
      // A click without a drag gives one day, and the same day again gives all.
      const choice = truce.choice();
      if (begin !== null && isClick) {
        const isSame = choice.from === begin && choice.to === begin;
        truce.choose(isSame ? {from: 0, to: last} : {from: begin, to: begin});
      }
      begin = null;
    });
    svg.addEventListener("pointercancel", () => { begin = null; });
    document.getElementById("timeline").addEventListener("keydown", (event) => {
      if (event.key === "Escape") truce.choose({from: 0, to: last});
    });
    window.addEventListener("resize", redraw);
    truce.whenChosen(showRange);
  }

  listen();
  showRange();
})();
