// Says what marks and drawings mean when they are pointed at, reached by the keyboard or touched. Without it,
// titles do half of that; with it, every mark takes the focus and the columns of a chart are walked by arrow keys.
(() => {
  "use strict";
  const main = document.querySelector("main");
  const tip = document.createElement("div");
  Object.assign(tip, { id: "tip", className: "tip", hidden: true, dir: "auto" });
  tip.setAttribute("role", "tooltip");
  const said = document.createElement("p");
  said.className = "hidden";
  said.setAttribute("role", "status");
  main.append(tip, said);

  const margin = 6;
  let shown = null;
  let leaving = 0;
  const show = (target, text, where) => {
    hide();
    shown = target;
    tip.textContent = text;
    tip.hidden = false;
    const left = Math.min(where.left + where.width / 2 - tip.offsetWidth / 2, document.documentElement.clientWidth - tip.offsetWidth - margin);
    const below = where.bottom + margin;
    const top = below + tip.offsetHeight > innerHeight ? where.top - tip.offsetHeight - margin : below;
    tip.style.left = `${Math.max(margin, left) + scrollX}px`;
    tip.style.top = `${Math.max(0, top) + scrollY}px`;
    target.classList.add("told");
    target.setAttribute("aria-describedby", "tip");
  };
  const hide = () => {
    clearTimeout(leaving);
    shown?.classList.remove("told");
    shown?.removeAttribute("aria-describedby");
    shown = null;
    tip.hidden = true;
  };

  // What has a title is told by it; the browser's own tooltip, which no key opens, gives way.
  for (const element of main.querySelectorAll("[title]")) {
    element.dataset.tip = element.title;
    element.removeAttribute("title");
    if (element.matches("mark")) element.tabIndex = 0;
  }
  for (const title of main.querySelectorAll("svg title")) {
    title.parentNode.dataset.tip = title.textContent;
    title.remove();
  }

  const told = (event) => event.target.closest?.("[data-tip]");
  const line = (element, event) => {
    const lines = [...element.getClientRects()];
    return lines.find((one) => event.clientY >= one.top && event.clientY <= one.bottom) ?? lines[0];
  };
  main.addEventListener("pointerover", (event) => {
    const element = told(event);
    clearTimeout(leaving);
    if (element) show(element, element.dataset.tip, line(element, event));
    else if (!tip.contains(event.target)) leaving = setTimeout(hide, 150);
  });
  main.addEventListener("pointerleave", hide);
  main.addEventListener("focusin", (event) => {
    const element = told(event);
    if (element) show(element, element.dataset.tip, element.getClientRects()[0]);
  });
  main.addEventListener("focusout", hide);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });

  // A chart is one stop for the Tab key; the arrow keys read its columns.
  for (const chart of main.querySelectorAll(".plot")) {
    const columns = () => [...chart.querySelectorAll("[data-tip]")].filter((column) => column.getClientRects().length);
    let at = -1;
    chart.tabIndex = 0;
    chart.setAttribute("role", "group");
    chart.setAttribute("aria-roledescription", "chart");
    chart.setAttribute("aria-label", `${chart.getAttribute("aria-label")} The arrow keys read it column by column.`);
    const moves = { ArrowLeft: () => at - 1, ArrowRight: () => at + 1, Home: () => 0, End: () => columns().length - 1 };
    chart.addEventListener("keydown", (event) => {
      if (!(event.key in moves)) return;
      event.preventDefault();
      const all = columns();
      at = Math.max(0, Math.min(all.length - 1, moves[event.key]()));
      show(all[at], all[at].dataset.tip, all[at].getBoundingClientRect());
      said.textContent = all[at].dataset.tip;
    });
  }
})();
