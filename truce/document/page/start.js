"use strict";
// What ties the parts together: figures that filter, days that choose themselves, and the sign that all is drawn.
(() => {
  const buttons = [...document.querySelectorAll("button.figure")];
  for (const button of buttons) {
    button.addEventListener("click", () => {
      const marks = new Set(truce.choice().marks);
      if (!marks.delete(button.dataset.mark)) marks.add(button.dataset.mark);
      truce.choose({marks});
    });
  }
  truce.whenChosen(() => {
    for (const button of buttons) button.setAttribute("aria-pressed", String(truce.choice().marks.has(button.dataset.mark)));
  });
  for (const link of document.querySelectorAll("a.day")) {
    link.addEventListener("click", () => {
      const day = Date.parse(`${link.dataset.day}T00:00:00Z`) / 1000 / truce.day - truce.firstDay;
      truce.choose({from: day, to: day});
    });
  }
  window.addEventListener("beforeprint", () => { for (const details of document.querySelectorAll("details.outside")) details.open = true; });
  document.documentElement.dataset.ready = "true";
})();
