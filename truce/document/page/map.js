"use strict";
// The map: an equirectangular drawing at the middle latitude, with the base layer, the places of the agreement and
// the incidents. Areas and lines are scaled; names and marks keep their size. The marks are drawn on a canvas, so that
// thousands of them move without delay.
(() => {
  const {data, words, draw, make, incidents} = truce;
  const svg = document.getElementById("map-drawing");
  if (!svg) return;
  const canvas = document.getElementById("map-marks");
  const over = document.getElementById("map-over");
  const tip = document.getElementById("map-tip");
  const said = document.getElementById("map-said");
  const goto = document.getElementById("map-goto");
  const degreeMetres = 111320, margin = 24, mostZoom = 400;
  // Known only to within more than this, an incident would be a mark in the middle of nowhere.
  const roughest = 60000;
  for (const incident of incidents) incident.isPlaced = incident.at !== undefined && incident.r <= roughest;
  const placed = incidents.filter((incident) => incident.isPlaced);

  function pointsOf(shape) {
    return [...shape.a.flat(2), ...shape.l.flat(1), ...(shape.p ?? [])];
  }
  function boundsOf(points) {
    const box = {west: Infinity, east: -Infinity, south: Infinity, north: -Infinity};
    for (const [longitude, latitude] of points) {
      box.west = Math.min(box.west, longitude);
      box.east = Math.max(box.east, longitude);
      box.south = Math.min(box.south, latitude);
      box.north = Math.max(box.north, latitude);
    }
    return box;
  }
  const everything = [...data.zones.flatMap(pointsOf), ...placed.map((incident) => incident.at)];
  if (everything.length === 0) {
    document.getElementById("map").hidden = true;
    return;
  }
  const bounds = boundsOf(everything);
  const middle = (bounds.south + bounds.north) / 2;
  const squeeze = Math.cos(middle * Math.PI / 180);
  const project = ([longitude, latitude]) => [(longitude - bounds.west) * squeeze, bounds.north - latitude];

  let size = {width: 0, height: 0};
  let view = {x: 0, y: 0, scale: 1};
  let fitted = 1;
  let pointed = null;

  const world = draw("g", {class: "world"});
  const names = draw("g", {class: "names"});
  const disc = draw("circle", {class: "disc", r: 0});
  svg.append(world);
  over.append(disc, names);
  const shapes = Object.fromEntries(truce.marks.map((mark) => [mark, new Path2D(truce.shapeOf(mark))]));
  // The most serious on top; among equals the smaller on top.
  let stacked = [];

  function pathOf(shape) {
    const line = (points, close) => "M" + points.map((point) => project(point).map((value) => value.toFixed(5)).join(" "))
      .join("L") + (close ? "Z" : "");
    return shape.a.flat(1).map((ring) => line(ring, true)).join("") + shape.l.map((points) => line(points, false)).join("");
  }
  function drawWorld() {
    for (const zone of data.zones.filter((shape) => shape.a.length > 0)) world.append(zonePath(zone));
    for (const feature of data.base) {
      const path = pathOf(feature);
      if (path) world.append(draw("path", {class: `base ${/^[a-z]+$/.test(feature.k) ? feature.k : "line"}`, d: path}));
    }
    for (const zone of data.zones.filter((shape) => shape.a.length === 0)) world.append(zonePath(zone));
  }
  function zonePath(zone) {
    const title = draw("title");
    title.textContent = zone.title ? `${zone.n}: ${zone.title}` : zone.n;
    return draw("path", {class: zone.a.length > 0 ? "zone area" : "zone line", "fill-rule": "evenodd", d: pathOf(zone)}, title);
  }

  // Incidents at one place are set around it, so that none hides another.
  function spread() {
    const seen = new Map();
    for (const incident of [...placed].sort((a, b) => a.rank - b.rank || a.f - b.f)) {
      const key = incident.at.map((value) => value.toFixed(2)).join(" ");
      const turn = seen.get(key) ?? 0;
      seen.set(key, turn + 1);
      incident.turn = turn;
      incident.spot = key;
    }
    for (const incident of placed) {
      const crowd = seen.get(incident.spot);
      const reach = Math.min(6.5, 30 / Math.sqrt(crowd)) * Math.sqrt(incident.turn);
      incident.shift = [Math.cos(incident.turn * 2.4) * reach, Math.sin(incident.turn * 2.4) * reach];
      incident.grown = (placed.length > 1500 ? 0.45 : 0.62) + Math.min(1.9, Math.sqrt(incident.deaths[0]) / 7);
    }
  }
  function drawMarks() {
    const ratio = Math.max(2, window.devicePixelRatio || 1);
    canvas.width = Math.round(size.width * ratio);
    canvas.height = Math.round(size.height * ratio);
    const context = canvas.getContext("2d");
    const style = getComputedStyle(svg);
    const tones = Object.fromEntries(truce.marks.map((mark) => [mark, style.getPropertyValue(`--${mark}`)]));
    const sheet = style.getPropertyValue("--sheet"), ink = style.getPropertyValue("--ink");
    for (const incident of stacked) {
      if (!incident.shown) continue;
      const [x, y] = markPoint(incident);
      if (!inFrame([x, y], 20)) continue;
      context.setTransform(ratio * incident.grown, 0, 0, ratio * incident.grown, ratio * x, ratio * y);
      context.lineWidth = (incident === pointed ? 4 : 1.6) / incident.grown;
      context.strokeStyle = incident === pointed ? ink : sheet;
      context.stroke(shapes[incident.o]);
      context.fillStyle = tones[incident.o];
      context.globalAlpha = incident.rank > 2 && incident !== pointed ? 0.75 : 1;
      context.fill(shapes[incident.o], "evenodd");
      context.globalAlpha = 1;
    }
  }

  const screen = (point) => {
    const [x, y] = project(point);
    return [(x - view.x) * view.scale + size.width / 2, (y - view.y) * view.scale + size.height / 2];
  };
  const inFrame = ([x, y], edge) => x > -edge && y > -edge && x < size.width + edge && y < size.height + edge;
  function markPoint(incident) {
    const [x, y] = screen(incident.at);
    return [x + incident.shift[0], y + incident.shift[1]];
  }

  function redraw() {
    const {x, y, scale} = view;
    world.setAttribute("transform", `translate(${size.width / 2 - x * scale} ${size.height / 2 - y * scale}) scale(${scale})`);
    drawMarks();
    drawNames();
    drawPointed();
    svg.classList.toggle("zoomed", scale > fitted * 1.05);
  }

  // Above the northernmost corner, where a name is least likely to be taken for another zone's.
  function topOf(zone) {
    const [x, y] = screen(pointsOf(zone).reduce((top, point) => (point[1] > top[1] ? point : top)));
    return [x, y - 8];
  }
  function candidates() {
    const zoom = view.scale / fitted;
    const list = [];
    for (const feature of data.base) {
      const rank = Number(feature.rank) || 1;
      const isArea = feature.k === "label";
      const least = isArea ? 0 : [0, 0, size.width < 500 ? 1.6 : 1, 3.2][rank] ?? 6;
      if (zoom < least) continue;
      for (const point of feature.p) list.push({text: feature.n, at: screen(point), kind: isArea ? "region" : "town", rank: isArea ? 9 : rank});
    }
    for (const zone of data.zones) {
      const box = boundsOf(pointsOf(zone));
      const [west, north] = screen([box.west, box.north]), [east, south] = screen([box.east, box.south]);
      const extent = Math.max(east - west, south - north);
      // A name fits where its zone is large enough to see and does not fill the frame.
      if (extent < 50 || extent > Math.max(size.width, size.height) * 2 || (east - west > size.width * 0.5 && zoom < 2)) continue;
      list.push({text: zone.n, at: zone.a.length > 0 ? topOf(zone) : [(west + east) / 2, (north + south) / 2 - 6], kind: "zone-name", rank: 0});
    }
    return list.filter((name) => inFrame(name.at, 0)).sort((a, b) => a.rank - b.rank);
  }
  function drawNames() {
    const taken = [], drawn = [];
    for (const name of candidates()) {
      const isTown = name.kind === "town";
      const wide = name.text.length * (name.kind === "region" ? 8.5 : 6.6) + 8;
      const left = isTown ? name.at[0] + 5 : name.at[0] - wide / 2;
      const box = {left, right: left + wide, top: name.at[1] - 9, bottom: name.at[1] + 7};
      const isClear = box.right < size.width - 2 && box.left > 2 && box.top > 2 && box.bottom < size.height - 28 &&
        taken.every((other) => box.right < other.left || box.left > other.right || box.bottom < other.top || box.top > other.bottom);
      if (isTown) drawn.push(draw("circle", {class: "town-dot", cx: name.at[0], cy: name.at[1], r: name.rank === 1 ? 2.6 : 1.9}));
      if (!isClear) continue;
      taken.push(box);
      const text = draw("text", {class: `${name.kind} rank-${name.rank}`, x: isTown ? left : name.at[0], y: name.at[1] + 4,
        "text-anchor": isTown ? "start" : "middle"});
      text.textContent = name.text;
      drawn.push(text);
    }
    names.replaceChildren(...drawn);
  }

  function look(next) {
    const scale = Math.min(fitted * mostZoom, Math.max(fitted * 0.7, next.scale ?? view.scale));
    const [east, south] = project([bounds.east, bounds.south]);
    view = {scale, x: Math.min(east, Math.max(0, next.x ?? view.x)), y: Math.min(south, Math.max(0, next.y ?? view.y))};
    redraw();
  }
  function lookAt(box) {
    const [west, north] = project([box.west, box.north]), [east, south] = project([box.east, box.south]);
    const scale = Math.min((size.width - 2 * margin) / Math.max(east - west, 1e-4), (size.height - 2 * margin) / Math.max(south - north, 1e-4));
    look({x: (west + east) / 2, y: (north + south) / 2, scale});
  }
  function zoom(factor, around) {
    const at = around ?? [size.width / 2, size.height / 2];
    const scale = Math.min(fitted * mostZoom, Math.max(fitted * 0.7, view.scale * factor));
    const keep = 1 / view.scale - 1 / scale;
    look({scale, x: view.x + (at[0] - size.width / 2) * keep, y: view.y + (at[1] - size.height / 2) * keep});
  }
  function measure() {
    const box = svg.getBoundingClientRect();
    const isFirst = size.width === 0 || view.scale === 1;
    const wasFitted = Math.abs(view.scale - fitted) < 1e-9;
    size = {width: box.width, height: box.height};
    if (size.width === 0) return;
    for (const drawing of [svg, over]) drawing.setAttribute("viewBox", `0 0 ${size.width} ${size.height}`);
    const [east, south] = project([bounds.east, bounds.south]);
    fitted = Math.min((size.width - 2 * margin) / Math.max(east, 1e-4), (size.height - 2 * margin) / Math.max(south, 1e-4));
    if (isFirst || wasFitted) lookAt(bounds);
    else redraw();
  }

  function nearest(at) {
    let best = null, least = 14;
    for (const incident of placed) {
      if (!incident.shown) continue;
      const [x, y] = markPoint(incident);
      const away = Math.hypot(x - at[0], y - at[1]) - incident.grown * 3;
      if (away < least) [best, least] = [incident, away];
    }
    return best;
  }
  function tipText(incident) {
    const parts = [words(`mark.${incident.o}`), incident.when, truce.count("incident.accounts", incident.a.length)];
    if (incident.deaths[1]) parts.push(words("incident.deaths", {n: incident.deaths[1]}));
    if (incident.r >= 1000) parts.push(words("map.within", {n: Math.round(incident.r / 1000)}));
    return parts.join(" · ");
  }
  function drawPointed() {
    disc.setAttribute("r", 0);
    tip.hidden = pointed === null;
    if (pointed === null) return;
    const [x, y] = markPoint(pointed), [cx, cy] = screen(pointed.at);
    disc.setAttribute("cx", cx);
    disc.setAttribute("cy", cy);
    disc.setAttribute("r", pointed.r / degreeMetres * view.scale);
    const others = placed.filter((incident) => incident.shown && incident.spot === pointed.spot).length - 1;
    tip.replaceChildren(make("strong", {dir: "auto"}, pointed.place), make("span", {}, tipText(pointed)));
    if (others > 0) tip.append(make("span", {}, truce.count("map.more", others)));
    tip.style.left = `${Math.min(Math.max(8, x + 14), Math.max(8, size.width - tip.offsetWidth - 8))}px`;
    tip.style.top = `${y + 18 + tip.offsetHeight > size.height ? Math.max(4, y - tip.offsetHeight - 14) : y + 16}px`;
  }
  function point(incident, isSpoken) {
    if (pointed === incident) return;
    pointed = incident;
    drawMarks();
    drawPointed();
    if (isSpoken && incident) said.textContent = `${incident.place}: ${tipText(incident)}`;
  }
  function step(by) {
    const shown = truce.order.filter((incident) => incident.isPlaced && incident.shown);
    if (shown.length === 0) return;
    const at = shown.indexOf(pointed);
    const next = shown[(at < 0 ? (by > 0 ? 0 : shown.length - 1) : at + by + shown.length) % shown.length];
    if (!inFrame(screen(next.at), -20)) {
      const [x, y] = project(next.at);
      look({x, y});
    }
    point(next, true);
  }

  function pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const pan = 60 / view.scale;
    const keys = {
      ArrowLeft: () => look({x: view.x - pan}), ArrowRight: () => look({x: view.x + pan}),
      ArrowUp: () => look({y: view.y - pan}), ArrowDown: () => look({y: view.y + pan}),
      "+": () => zoom(1.5), "=": () => zoom(1.5), "-": () => zoom(1 / 1.5), "0": () => lookAt(bounds),
      n: () => step(1), p: () => step(-1), Escape: () => point(null),
      Enter: () => { if (pointed) truce.open(pointed); },
    };
    const action = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (action) {
      event.preventDefault();
      action();
    }
  }
  function listenToPointer() {
    let grip = null;
    const at = (event) => {
      const box = svg.getBoundingClientRect();
      return [event.clientX - box.left, event.clientY - box.top];
    };
    svg.addEventListener("pointerdown", (event) => {
      grip = {at: at(event), x: view.x, y: view.y, isMoved: false};
    });
    svg.addEventListener("pointermove", (event) => {
      const now = at(event);
      if (grip === null) {
        point(nearest(now));
        return;
      }
      const moved = [now[0] - grip.at[0], now[1] - grip.at[1]];
      if (!grip.isMoved && Math.hypot(...moved) < 5) return;
      if (!grip.isMoved) svg.setPointerCapture(event.pointerId);
      grip.isMoved = true;
      look({x: grip.x - moved[0] / view.scale, y: grip.y - moved[1] / view.scale});
    });
    svg.addEventListener("pointerup", (event) => {
      const wasClick = grip !== null && !grip.isMoved;
      grip = null;
      const incident = wasClick ? nearest(at(event)) : null;
      if (!incident) return;
      // On a touch screen the first tap names the mark, the second opens it.
      if (event.pointerType === "mouse" || incident === pointed) truce.open(incident);
      else point(incident, true);
    });
    svg.addEventListener("pointercancel", () => { grip = null; });
    svg.addEventListener("pointerleave", () => { if (grip === null) point(null); });
    svg.addEventListener("wheel", (event) => {
      // Without Ctrl the wheel scrolls the page, as everywhere else.
      if (!event.ctrlKey) return;
      event.preventDefault();
      zoom(event.deltaY < 0 ? 1.25 : 0.8, at(event));
    }, {passive: false});
  }
  function listen() {
    listenToPointer();
    svg.addEventListener("keydown", pressed);
    svg.addEventListener("blur", () => point(null));
    document.getElementById("map-in").addEventListener("click", () => zoom(1.6));
    document.getElementById("map-out").addEventListener("click", () => zoom(1 / 1.6));
    document.getElementById("map-reset").addEventListener("click", () => lookAt(bounds));
    goto.addEventListener("change", () => lookAt(goto.value === "" ? bounds : padded(boundsOf(pointsOf(data.zones[Number(goto.value)])))));
    window.addEventListener("resize", measure);
    // The colours of the marks are those of the page, light or dark.
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
    truce.whenChosen(() => { showUnplaced(); redraw(); });
  }
  function padded(box) {
    const tall = (box.north - box.south) * 0.15 + 0.002, wide = (box.east - box.west) * 0.15 + 0.002;
    return {west: box.west - wide, east: box.east + wide, south: box.south - tall, north: box.north + tall};
  }
  function showUnplaced() {
    const unplaced = incidents.filter((incident) => incident.shown && !incident.isPlaced && incident.o !== "act").length;
    const none = placed.some((incident) => incident.shown) ? "" : words("map.none");
    document.getElementById("map-unplaced").textContent = [none, unplaced > 0 ? truce.count("map.unplaced", unplaced) : ""].filter(Boolean).join(" ");
  }

  goto.append(make("option", {value: ""}, words("map.goto_whole")));
  data.zones.forEach((zone, index) => goto.append(make("option", {value: index}, zone.n)));
  drawWorld();
  spread();
  stacked = [...placed].sort((a, b) => b.rank - a.rank || b.grown - a.grown);
  listen();
  showUnplaced();
  measure();
})();
