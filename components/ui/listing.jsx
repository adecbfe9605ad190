// The table of an admin panel: head with orders, rows, what more there is to a row, and what can be done with it.
// On a narrow screen each row is a block whose cells carry their labels.
import { Fragment, createElement as h, useState } from "react";
import { Link } from "react-router";
import { When } from "./served.jsx";
import { changed, useSearch } from "./listing_address.jsx";
import { Doings } from "./row_doings.jsx";

const WAITING = 8;
const flag = (value) => (value ? "" : undefined);

export function PanelTable({ columns, actions, rows, label, ready, asked, sort, onDone }) {
  const [search, location] = useSearch();
  const stale = ready && new URLSearchParams(asked).toString() !== search.toString();
  const order = search.get("sort") || sort;
  const width = columns.length + 1;
  const waiting = () =>
    Array.from({ length: WAITING }, (_, key) =>
      h("tr", { key, "aria-hidden": "true" }, h("td", { colSpan: width }, h("div", { className: "skeleton" }))),
    );
  return h(
    "table",
    { className: "list panel", "aria-label": label, "aria-busy": !ready || stale, "data-stale": flag(stale) },
    h(
      "thead",
      null,
      h(
        "tr",
        null,
        columns.map((column) => h(Heading, { key: column.key, column, location, order })),
        h("th", { scope: "col", className: "end" }, h("span", { className: "sr-only" }, "More")),
      ),
    ),
    h("tbody", null, ready ? rows.map((row) => h(Row, { key: row.id, row, columns, actions, width, onDone })) : waiting()),
  );
}

function Heading({ column, location, order }) {
  const { label, kind, sort, spare } = column;
  const shape = { scope: "col", "data-kind": kind, "data-spare": flag(spare) };
  if (!sort) return h("th", shape, label);
  const now = order === sort ? "ascending" : order === `-${sort}` ? "descending" : "none";
  const to = changed(location, { sort: now === "descending" ? sort : `-${sort}`, after: "" });
  return h("th", { ...shape, "aria-sort": now }, h(Link, { to, className: "order", "data-order": now }, label));
}

function Row({ row, columns, actions, width, onDone }) {
  const [open, setOpen] = useState(false);
  const more = row.more ? JSON.parse(row.more) : null;
  const offered = actions.filter(({ name }) => (row.may ?? "").split(" ").includes(name));
  const opener = {
    type: "button",
    className: "more",
    "aria-expanded": open,
    "aria-label": `More about ${row.name}`,
    onClick: () => setOpen(!open),
  };
  return h(
    Fragment,
    null,
    h(
      "tr",
      { className: "row" },
      columns.map((column) => h(Cell, { key: column.key, column, row })),
      h(
        "td",
        { className: "end" },
        offered.length > 0 && h(Doings, { actions: offered, row, onDone }),
        more && h("button", opener, h("svg", { viewBox: "0 0 14 14", "aria-hidden": "true" }, h("path", { d: "M3 5l4 4 4-4" }))),
      ),
    ),
    open && h("tr", { className: "row-more" }, h("td", { colSpan: width }, h(Facts, { facts: more }))),
  );
}

function Facts({ facts }) {
  return h(
    "dl",
    null,
    Object.entries(facts).map(([name, value]) => h("div", { key: name }, h("dt", null, name), h("dd", null, value))),
  );
}

function Cell({ column, row }) {
  const { key, label, kind, spare } = column;
  const note = row[`${key}_note`];
  return h(
    "td",
    { "data-label": label, "data-kind": kind, "data-spare": flag(spare), "data-empty": flag(!row[key]) },
    h(Value, { kind, value: row[key], href: row[`${key}_href`], tone: row[`${key}_tone`] }),
    note && h("span", { className: "row-summary" }, note),
  );
}

function Value({ kind, value, href, tone }) {
  if (kind === "mark") return h("span", { className: "mark", role: "img", "aria-label": value ? "yes" : "no" }, value ? "✓" : "");
  if (!value) return h("span", { className: "none" }, "–");
  if (kind === "time") return h(When, { at: value });
  if (kind === "badge") return h("span", { className: "badge", "data-tone": tone }, value);
  if (kind === "code") return h("code", null, value);
  if (href?.startsWith("/api/")) return h("a", { href, download: "", className: "row-title" }, value);
  return href ? h(Link, { to: href, className: "row-title" }, value) : h("span", { className: "cell" }, value);
}
