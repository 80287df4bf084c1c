"use strict";
// Heads of tables get a button that sorts the rows below them, within each group; what has no number comes last.
for (const head of document.querySelectorAll("thead th:not(.plot)")) {
  if (!head.textContent.trim()) continue;
  const button = document.createElement("button");
  button.setAttribute("aria-label", `Sort by ${head.textContent.trim()}`);
  head.append(" ", button);
  button.addEventListener("click", () => sort(head));
}
function sort(head) {
  const table = head.closest("table");
  const up = head.getAttribute("aria-sort") === "descending";
  for (const other of table.querySelectorAll("thead th")) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", up ? "ascending" : "descending");
  const way = up ? 1 : -1;
  for (const body of table.tBodies) {
    const rows = [...body.rows].filter((row) => !row.querySelector("[scope=rowgroup]"));
    const keyed = rows.map((row) => [value(row.cells[head.cellIndex]), row]);
    keyed.sort(([a], [b]) => compare(a, b, way));
    body.append(...keyed.map(([, row]) => row));
  }
}
function value(cell) {
  const text = cell ? cell.textContent.trim() : "";
  const number = parseFloat(text.replace("\u2212", "-").replace(/^</, "").replaceAll(",", ""));
  return Number.isNaN(number) ? text : number;
}
function compare(a, b, way) {
  const words = [typeof a === "string", typeof b === "string"];
  if (words[0] && words[1]) return way * a.localeCompare(b);
  if (words[0] !== words[1]) return words[0] ? 1 : -1;
  return way * (a - b);
}
