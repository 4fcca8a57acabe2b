"use strict";
// The address: a fragment with an equals sign is a choice or an incident, any other leads to a part of the report.
(() => {
  const {words, byId} = truce;
  const report = document.getElementById("report");
  const article = document.getElementById("incident");
  const title = document.title;
  let opener = null, left = 0;

  function show(incident) {
    if (article.hidden) left = window.scrollY;
    const heading = truce.drawIncident(incident);
    report.hidden = true;
    article.hidden = false;
    document.title = `${heading.textContent} · ${title}`;
    window.scrollTo(0, 0);
    heading.focus({preventScroll: true});
  }
  function close() {
    if (article.hidden) return;
    article.hidden = true;
    article.replaceChildren();
    report.hidden = false;
    document.title = title;
    // What measured itself while the report was hidden has no size.
    window.dispatchEvent(new Event("resize"));
    window.scrollTo({top: left, behavior: "instant"});
    const again = opener?.isConnected ? opener : document.querySelector(`a[data-incident="${opener?.dataset.incident}"]`);
    again?.focus({preventScroll: true});
  }
  function route(isFirst) {
    const fragment = location.hash.slice(1);
    if (fragment !== "" && !fragment.includes("=")) {
      const isOpen = !article.hidden;
      close();
      if (isOpen) document.getElementById(fragment)?.scrollIntoView();
      return;
    }
    const parts = new URLSearchParams(fragment);
    const incident = byId.get(parts.get("incident") ?? "");
    const isOnlyIncident = parts.has("incident") && [...parts.keys()].length === 1;
    const before = truce.toFragment(null);
    // A bare link to an incident keeps what was chosen before.
    if (!isOnlyIncident && (fragment !== "" || !isFirst)) truce.adopt(truce.fromFragment(fragment));
    if (incident) {
      const active = document.activeElement;
      if (article.hidden && active instanceof HTMLElement) opener = active;
      show(incident);
      return;
    }
    const wasOpen = !article.hidden;
    close();
    if (!wasOpen && fragment !== "" && before !== truce.toFragment(null)) document.getElementById("explore")?.scrollIntoView();
  }

  window.addEventListener("hashchange", () => route(false));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || article.hidden || event.defaultPrevented) return;
    location.hash = truce.toFragment(null);
  });
  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    for (const details of opened) details.open = true;
  });
  window.addEventListener("afterprint", () => { for (const details of opened) details.open = false; });
  if (location.hash) route(true);
  document.documentElement.dataset.ready = "true";
})();
