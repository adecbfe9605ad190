// What stands in the address of an admin page: filters, order and page. Changing them goes there; back leads back.
import { createElement as h, useEffect, useRef, useState } from "react";
import { Link, useLocation, useNavigate } from "react-router";

const TYPING_MS = 350;

/** The address with some of its parameters changed; empty ones are left out. */
export function changed(location, changes) {
  const search = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value) search.set(name, value);
    else search.delete(name);
  }
  const text = search.toString();
  return location.pathname + (text ? `?${text}` : "");
}

/** The parameters of the address, known only once the page is alive: the build renders it without any. */
export function useSearch() {
  const location = useLocation();
  const [search, setSearch] = useState(new URLSearchParams());
  useEffect(() => setSearch(new URLSearchParams(location.search)), [location.search]);
  return [search, location];
}

/** Fields that narrow the list. Choices count at once, words shortly after the last key. */
export function Filters({ fields, label }) {
  const [search, location] = useSearch();
  const navigate = useNavigate();
  const timer = useRef(null);
  const go = (changes, replace) => {
    clearTimeout(timer.current);
    navigate(changed(location, { ...changes, after: "" }), { replace });
  };
  const later = (changes) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => go(changes, true), TYPING_MS);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  const idle = !fields.some(({ name }) => search.get(name));
  const nothing = Object.fromEntries(fields.map(({ name }) => [name, ""]));
  return h(
    "form",
    {
      role: "search",
      "aria-label": label,
      className: "filters",
      onSubmit: (event) => {
        event.preventDefault();
        go(Object.fromEntries(new FormData(event.currentTarget)));
      },
    },
    fields.map((field) => {
      const { name } = field;
      const value = search.get(name) ?? "";
      return h(Field, { key: name, ...field, value, onChoose: (now) => go({ [name]: now }), onType: (now) => later({ [name]: now }) });
    }),
    h(Link, { to: changed(location, { ...nothing, after: "" }), className: "clear", "data-idle": idle ? "" : undefined }, "Clear"),
    h("button", { type: "submit", className: "sr-only" }, "Find"),
  );
}

function Field({ name, label, kind, options, value, onChoose, onType }) {
  const input = useRef(null);
  useEffect(() => {
    // What somebody types is not overwritten by the address that follows it.
    if (kind !== "text" || document.activeElement !== input.current) input.current.value = value;
  }, [value]);
  const id = `filter-${name}`;
  const shared = { id, name, ref: input, defaultValue: "", "data-set": value ? "" : undefined };
  const chosen = { ...shared, onChange: (event) => onChoose(event.target.value) };
  const typed = { ...shared, type: "search", autoComplete: "off", spellCheck: false };
  const controls = {
    choice: () =>
      h(
        "select",
        chosen,
        h("option", { value: "" }, "Any"),
        options.map(([key, words]) => h("option", { key, value: key }, words)),
      ),
    day: () => h("input", { ...chosen, type: "date" }),
    text: () => h("input", { ...typed, onChange: (event) => onType(event.target.value) }),
  };
  return h("div", { className: "filter", "data-kind": kind }, h("label", { htmlFor: id }, label), controls[kind]());
}

/** Links to files of what the filters find. */
export function Exports({ links }) {
  const [search] = useSearch();
  const wanted = new URLSearchParams([...search].filter(([name]) => !["after", "sort", "limit"].includes(name)));
  const end = wanted.size ? `&${wanted}` : "";
  return links.map(([href, label]) => h("a", { key: label, href: href + end, download: "", className: "export" }, label));
}

/** Where the next and the first page are. */
export function Pager({ next }) {
  const [search, location] = useSearch();
  const first = search.get("after");
  if (!first && !next) return null;
  return h(
    "nav",
    { className: "pager", "aria-label": "Pages" },
    first && h(Link, { to: changed(location, { after: "" }) }, "First page"),
    next && h(Link, { to: changed(location, { after: next }) }, "Next page"),
  );
}
