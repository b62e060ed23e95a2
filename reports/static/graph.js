// Walks the drawing of a thread's replies. Without it the drawing is a set of links; with it, pointing at
// a post shows whom it answers and who answers it, and the arrow keys walk along the answers.
(() => {
  "use strict";
  const drawing = document.querySelector(".graph svg");
  const reading = document.getElementById("reading");
  if (!drawing || !reading) return;
  const nodes = [...drawing.querySelectorAll("[data-node]")];
  nodes.forEach((node) => node.querySelector("title")?.remove()); // the line below the drawing says more
  const names = [...drawing.querySelectorAll(".names text")];
  const edges = [...drawing.querySelectorAll("[data-to]")];
  const parents = nodes.map((node) => (node.dataset.parent === "" ? -1 : Number(node.dataset.parent)));
  const children = nodes.map(() => []);
  parents.forEach((parent, child) => { if (parent >= 0) children[parent].push(child); });

  const show = (at) => {
    const near = new Set(children[at]);
    const lit = new Set(children[at]);
    for (let step = at; step >= 0; step = parents[step]) { near.add(step); lit.add(step); }
    drawing.classList.add("lit");
    nodes.forEach((node, index) => node.classList.toggle("near", near.has(index)));
    names.forEach((name, index) => name.classList.toggle("near", near.has(index)));
    edges.forEach((edge) => edge.classList.toggle("near", lit.has(Number(edge.dataset.to))));
    const label = document.createElement("strong");
    label.textContent = nodes[at].getAttribute("aria-label");
    reading.replaceChildren(label, ` — ${nodes[at].dataset.says}`);
  };
  const clear = () => drawing.classList.remove("lit");

  const siblings = (at) => (parents[at] >= 0 ? children[parents[at]] : nodes.map((_, i) => i).filter((i) => parents[i] < 0));
  const beside = (at, step) => {
    const row = siblings(at);
    return row[row.indexOf(at) + step] ?? -1;
  };
  const target = {
    ArrowLeft: (at) => parents[at],
    ArrowRight: (at) => children[at][0] ?? -1,
    ArrowDown: (at) => beside(at, 1),
    ArrowUp: (at) => beside(at, -1),
    Home: () => 0,
    End: () => nodes.length - 1,
  };

  // One stop for the Tab key: the arrow keys do the rest.
  const rove = (at) => nodes.forEach((node, index) => node.setAttribute("tabindex", index === at ? "0" : "-1"));
  nodes.forEach((node, at) => {
    node.addEventListener("pointerenter", () => show(at));
    node.addEventListener("focus", () => { rove(at); show(at); });
    node.addEventListener("keydown", (event) => {
      if (!(event.key in target)) return;
      event.preventDefault();
      const next = target[event.key](at);
      if (next >= 0) nodes[next].focus();
    });
  });
  drawing.addEventListener("pointerleave", clear);
  rove(0);
})();
