// The dialog before an action: a question when it is grave, and the fields that it needs. A refusal is shown in it.
import { createElement as h, useEffect, useId, useRef, useState } from "react";
import { Dialog } from "./dialog.jsx";

const TYPING_MS = 250;
const NOBODY = "Choose a person from the list.";

export function Ask({ action, row, busy, onRun, onClose }) {
  const [problem, setProblem] = useState("");
  const submit = async (event) => {
    event.preventDefault();
    const values = read(event.currentTarget, action.fields);
    if (values === null) return setProblem(NOBODY);
    setProblem((await onRun(values)) ?? "");
  };
  const name = row.name ?? "";
  return h(
    Dialog,
    { title: name && action.fields.length ? `${action.label}: ${name}` : action.label, onClose },
    h(
      "form",
      { method: "dialog", className: "asking", "aria-label": action.label, onSubmit: submit },
      problem && h("div", { role: "alert", className: "form-error" }, problem),
      action.confirm && h("p", null, action.confirm.replace("{name}", name)),
      action.fields.map((field) => {
        const [value, without] = [row[`now_${field.name}`] ?? field.value, row[`not_${field.name}`]];
        return h(Field, { key: field.name, field, value, without });
      }),
      h(
        "div",
        { className: "dialog-foot" },
        h("button", { type: "button", onClick: onClose }, "Cancel"),
        h("button", { type: "submit", className: action.grave ? "grave" : "go", disabled: busy }, action.label),
      ),
    ),
  );
}

/** What was filled in, by name; empty fields are left out. Null when a person was typed who is none of the list. */
function read(form, fields) {
  const data = new FormData(form);
  const values = {};
  for (const { name, kind, keeps } of fields) {
    if (kind === "choices") values[name] = data.getAll(name);
    else if (kind === "person") {
      const found = form.querySelector(`[data-person="${name}"]`).dataset.id;
      if (!found) return null;
      values[name] = found;
    } else if (data.get(name) || keeps) values[name] = data.get(name);
  }
  return values;
}

function Field({ field, value, without }) {
  const id = useId();
  const { name, label, kind, options, hint, required } = field;
  if (kind === "choices") return h(Choices, { name, label, options, value, hint });
  const described = hint ? `${id}-hint` : undefined;
  const shared = { id, name, required, defaultValue: value, "aria-describedby": described, autoComplete: "off" };
  const controls = {
    choice: () => h("select", shared, options.map(([key, words]) => h("option", { key, value: key }, words))),
    area: () => h("textarea", { ...shared, rows: 3 }),
    person: () => h(PersonField, shared),
    lookup: () => h(LookupField, { ...shared, lookup: field.lookup, without }),
    email: () => h("input", { ...shared, type: "email" }),
    text: () => h("input", { ...shared, type: "text" }),
  };
  return h(
    "div",
    { className: "ask-field" },
    h("label", { htmlFor: id }, label),
    controls[kind](),
    hint && h("p", { id: described, className: "ask-hint" }, hint),
  );
}

function Choices({ name, label, options, value, hint }) {
  const now = (value ?? "").split(" ");
  return h(
    "fieldset",
    { className: "ask-choices" },
    h("legend", null, label),
    hint && h("p", { className: "ask-hint" }, hint),
    options.map(([key, words]) =>
      h("label", { key, title: key }, h("input", { type: "checkbox", name, value: key, defaultChecked: now.includes(key) }), words),
    ),
  );
}

/** One of what another list holds now, but for what is so already. */
function LookupField({ lookup, without, required, defaultValue, ...shared }) {
  const [items, setItems] = useState(null);
  useEffect(() => {
    fetch(lookup.source)
      .then((answer) => (answer.ok ? answer.json() : []))
      .catch(() => [])
      .then((found) => (found.items ?? found).filter((item) => matches(item, lookup.where)))
      .then((found) => setItems(found.filter((item) => item[lookup.value] !== without)));
  }, [lookup.source]);
  if (!items) return h("select", { ...shared, disabled: true });
  return h(
    "select",
    { ...shared, required, defaultValue },
    (!required || !items.length) && h("option", { value: "" }, required ? "There is no other" : "None"),
    items.map((item) => h("option", { key: item[lookup.value], value: item[lookup.value] }, item[lookup.words])),
  );
}

const matches = (item, where) => Object.entries(where).every(([name, value]) => [item[name]].flat().includes(value));

/** Somebody of the site, found by a part of their name or address while it is typed. */
export function PersonField({ id, name, required }) {
  const [people, setPeople] = useState([]);
  const [typed, setTyped] = useState("");
  const timer = useRef(null);
  useEffect(() => () => clearTimeout(timer.current), []);
  const words = (person) => `${person.name} (${person.email})`;
  const find = (who) => {
    setTyped(who);
    clearTimeout(timer.current);
    if (people.some((person) => words(person) === who)) return;
    timer.current = setTimeout(async () => {
      const answer = await fetch(`/api/v1/users?limit=8&who=${encodeURIComponent(who)}`).catch(() => null);
      setPeople(answer?.ok ? (await answer.json()).items : []);
    }, TYPING_MS);
  };
  const chosen = people.find((person) => words(person) === typed);
  return h(
    "div",
    null,
    h("input", {
      id,
      required,
      type: "text",
      autoComplete: "off",
      list: `${id}-people`,
      value: typed,
      "data-person": name,
      "data-id": chosen?.id,
      onChange: (event) => find(event.target.value),
    }),
    h("datalist", { id: `${id}-people` }, people.map((person) => h("option", { key: person.id, value: words(person) }))),
  );
}
