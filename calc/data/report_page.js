// Sorting, filtering and folds. The page says everything without it.
"use strict";
(function () {
  const text = (cell) => cell.dataset.sort ?? cell.textContent.trim();
  const units = { M: 1e6, bn: 1e9, tn: 1e12, million: 1e6, billion: 1e9, trillion: 1e12 };
  const number = (words) => {
    const found = /^(?:over|at least|at most|≈)?\s*([-+−]?)([\d,]*\.?\d+)(?:[–-][\d.,]+)?\s*([a-zA-Z]*)/
      .exec(words);
    if (!found) return NaN;
    const size = parseFloat(found[2].replace(/,/g, "")) * (units[found[3]] ?? 1);
    return found[1] && found[1] !== "+" ? -size : size;
  };
  const key = (row, at) => (row && row.cells[at] ? text(row.cells[at]) : "");
  const compare = (a, b) => {
    const [x, y] = [number(a), number(b)];
    const dates = /^\d{4}-\d\d-\d\d$/.test(a) || /^\d{4}-\d\d-\d\d$/.test(b);
    if (!dates && !Number.isNaN(x) && !Number.isNaN(y)) return x - y;
    return a.localeCompare(b, "en", { numeric: true });
  };

  function sort(table, head, at) {
    const up = head.getAttribute("aria-sort") === "descending";
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    const sign = up ? 1 : -1;
    const items = (body) => [...body.rows].filter((row) => row.classList.contains("item"));
    for (const body of table.tBodies) {
      const rows = items(body).map((row) => [key(row, at), row]);
      rows.sort((a, b) => sign * compare(a[0], b[0]));
      body.append(...rows.map((row) => row[1]));
    }
    const bodies = [...table.tBodies].map((body) => [key(items(body)[0], at), body]);
    bodies.sort((a, b) => sign * compare(a[0], b[0]));
    table.append(...bodies.map((body) => body[1]));
  }

  for (const table of document.querySelectorAll("table.sortable")) {
    if (table.querySelectorAll("tr.item").length < 2) continue;
    [...table.tHead.rows[0].cells].forEach((head, at) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      button.addEventListener("click", () => sort(table, head, at));
      head.append(button);
    });
  }

  // What stands around items is hidden with the last of them: a donor, a source, a severity.
  const around = "tbody, article.source, details.notes";

  function filter(place, wanted) {
    const words = wanted.toLocaleLowerCase("en").split(/\s+/).filter(Boolean);
    let count = 0;
    for (const item of place.querySelectorAll(".item")) {
      const group = item.closest("tbody, article.source");
      const named = group ? group.querySelector(".giver, h3") : null;
      const all = (item.textContent + " " + (named ? named.textContent : "")).toLocaleLowerCase("en");
      item.hidden = !words.every((word) => all.includes(word));
      count += item.hidden ? 0 : 1;
    }
    for (const group of place.querySelectorAll(around)) {
      const own = group.querySelectorAll(".item");
      group.hidden = words.length > 0 && [...own].every((item) => item.hidden);
    }
    for (const fold of place.querySelectorAll("details")) {
      if (words.length && fold.querySelector(".item:not([hidden])")) fold.open = true;
    }
    return count;
  }

  for (const place of document.querySelectorAll("[data-filter]")) {
    const items = place.querySelectorAll(".item").length;
    if (items < 5) continue;
    const line = document.createElement("p");
    const label = document.createElement("label");
    const field = document.createElement("input");
    const told = document.createElement("span");
    line.className = "filter";
    field.type = "search";
    field.autocomplete = "off";
    label.append(`Find in ${place.dataset.filter} `, field);
    told.setAttribute("role", "status");
    line.append(label, told);
    if (place.tagName === "TABLE") place.before(line);
    else (place.querySelector(".head") ?? place.querySelector("h2")).after(line);
    let waiting = 0;
    field.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        const count = filter(place, field.value);
        told.textContent = field.value.trim() ? `${count} of ${items}` : "";
      }, items > 500 ? 200 : 0);
    });
  }

  // A link into a fold opens it.
  function reveal() {
    let name = location.hash.slice(1);
    try { name = decodeURIComponent(name); } catch { return; }
    const target = name ? document.getElementById(name) : null;
    if (!target) return;
    let closed = false;
    for (let at = target; at; at = at.parentElement) {
      if (at.hidden) at.hidden = false;
      if (at.tagName === "DETAILS" && !at.open) closed = at.open = true;
    }
    if (closed) target.scrollIntoView();
  }
  addEventListener("hashchange", reveal);
  reveal();

  // Paper has the small folds; the long ones only if they stand open.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details.paper:not([open])")];
    for (const fold of opened) fold.open = true;
  });
  addEventListener("afterprint", () => {
    for (const fold of opened) fold.open = false;
    opened = [];
  });
})();
