// Shows a sheet post by post, keeps what the coder says of each, and hands over the sheet.
(() => {
  const sheet = JSON.parse(document.getElementById("sheet").textContent);
  const part = (id) => document.getElementById(id);
  const column = (name) => sheet.columns.indexOf(name);
  const cell = (row, name) => (column(name) < 0 ? "" : sheet.rows[row][column(name)]);
  const buttons = [...document.querySelectorAll("[data-label]")];
  const ids = sheet.rows.map((_, row) => cell(row, "post_id"));
  const last = sheet.rows.length - 1;
  let at = 0;
  const byCoder = new Map();
  let kept = true;

  const coder = () => part("coder").value.trim();
  const place = () => `${sheet.kept} ${coder()}`;
  const stored = (name) => {
    try {
      return localStorage.getItem(name);
    } catch {
      return null;
    }
  };
  // What the coder has said, by post. Kept here as well: where the browser keeps nothing, a look at another
  // name must lose nothing.
  const said = () => {
    if (!byCoder.has(coder())) byCoder.set(coder(), JSON.parse(stored(place())) ?? {});
    return byCoder.get(coder());
  };
  const others = () => {
    try {
      const keys = Object.keys(localStorage).filter((key) => key.startsWith(`${sheet.kept} `) && key !== place());
      return keys.filter((key) => localStorage[key] !== "{}").map((key) => key.slice(sheet.kept.length + 1));
    } catch {
      return [];
    }
  };
  const keep = () => {
    try {
      localStorage.setItem(place(), JSON.stringify(said()));
      localStorage.setItem("folkmoot coder", coder());
      kept = true;
    } catch {
      kept = false;
    }
    part("warned").hidden = kept;
  };

  const has = (row) => Object.hasOwn(said(), ids[row]);
  const coded = () => ids.filter((_, row) => has(row)).length;
  // The first post without a label behind this one, else from the beginning; -1 where all have one.
  const uncoded = () => {
    const order = [...ids.keys()];
    return [...order.slice(at + 1), ...order.slice(0, at + 1)].find((row) => !has(row)) ?? -1;
  };

  const note = (done) => {
    if (!coder()) return "Write your name first: it stands beside every label.";
    if (done === ids.length) return "All posts have a label: take the sheet.";
    const names = done ? [] : others();
    return names.length ? `Nothing is coded by ${coder()} yet. Kept here are labels by ${names.join(", ")}.` : "";
  };
  const show = () => {
    const of = [`Post ${at + 1} of ${ids.length}`, cell(at, "thread"), cell(at, "role")];
    part("around").textContent = of.filter(Boolean).join(" · ");
    part("text").textContent = cell(at, "text").trim();
    part("answers").textContent = cell(at, "answers").trim();
    part("answered").hidden = !cell(at, "answers").trim();
    tell();
  };
  const tell = () => {
    const done = coded();
    for (const button of buttons) {
      button.disabled = !coder();
      button.setAttribute("aria-pressed", String(said()[ids[at]] === button.dataset.label));
    }
    part("bar").max = ids.length;
    part("bar").value = done;
    part("count").textContent = `${done} of ${ids.length} coded`;
    part("back").disabled = at === 0;
    part("on").disabled = at === last;
    part("open").disabled = done === ids.length;
    part("take").disabled = !done;
    part("next").textContent = note(done);
  };
  const go = (row) => {
    at = Math.max(0, Math.min(last, row));
    show();
    scrollTo(0, 0);
    part("post-head").focus({ preventScroll: true });
  };

  // The label that a post has already is taken back; any other leads on.
  const label = (name) => {
    if (!coder()) return part("coder").focus();
    if (said()[ids[at]] === name) delete said()[ids[at]];
    else said()[ids[at]] = name;
    keep();
    part("meanings").open = false;
    const following = has(at) ? uncoded() : -1;
    if (following < 0) tell();
    else go(following);
  };

  const quoted = (words) => `"${words.replaceAll('"', '""')}"`;
  const filled = (row) =>
    sheet.columns.map((name) =>
      name === "coder" ? coder() : name === "label" ? (said()[ids[row]] ?? "") : cell(row, name),
    );
  const take = () => {
    const lines = [sheet.columns, ...ids.map((_, row) => filled(row))];
    // The mark at the beginning tells spreadsheets that it is UTF-8.
    const text = `\ufeff${lines.map((line) => line.map(quoted).join(",")).join("\r\n")}\r\n`;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
    link.download = `${sheet.name}-${coder().replace(/[^\p{L}\p{N}]+/gu, "-").toLowerCase()}.csv`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  };

  for (const button of buttons) button.addEventListener("click", () => label(button.dataset.label));
  part("back").addEventListener("click", () => go(at - 1));
  part("on").addEventListener("click", () => go(at + 1));
  part("open").addEventListener("click", () => go(uncoded()));
  part("take").addEventListener("click", take);
  part("coder").addEventListener("input", tell);
  addEventListener("keydown", (event) => {
    const free = !event.target.matches?.("input:not([type=checkbox])") && part("keys").checked;
    if (!free || event.ctrlKey || event.altKey || event.metaKey) return;
    const button = buttons[event.key - 1];
    const does = {
      ArrowLeft: () => go(at - 1),
      ArrowRight: () => go(at + 1),
    }[event.key] ?? (button && (() => label(button.dataset.label)));
    if (!does) return;
    event.preventDefault();
    does();
  });
  addEventListener("beforeunload", (event) => {
    if (!kept && coded()) event.preventDefault();
  });

  part("coder").value = stored("folkmoot coder") ?? "";
  part("meanings").open = !coded();
  if (has(0) && uncoded() > 0) at = uncoded();
  show();
  if (!coder()) part("coder").focus();
})();
