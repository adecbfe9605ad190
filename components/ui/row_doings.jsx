// What can be done with one row, or with the list as a whole: a button, or a menu of several. Each is a call of our own
// API, as any program makes it; afterwards the list is read again. What an answer shows (a mail, a link) is never stored.
import { createElement as h, useState } from "react";
import { Ask } from "./asking.jsx";
import { Told } from "./dialog.jsx";
import { Menu } from "./row_menu.jsx";

const OFFLINE = "The server could not be reached. Try again when the connection is back.";
const notice = (text) => window.dispatchEvent(new CustomEvent("plumbline:notice", { detail: text }));
const failure = (message) => ({ error: { code: "", message } });

async function call(action, row, values) {
  const [method, path] = action.call.split(" ");
  const target = path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(values[name] ?? row[name] ?? ""));
  const headers = { Accept: "application/json" };
  if (row.etag) headers["If-Match"] = row.etag;
  const named = Object.entries(values).filter(([name]) => !path.includes(`{${name}}`));
  const body = action.body || named.length ? JSON.stringify({ ...JSON.parse(action.body || "{}"), ...Object.fromEntries(named) }) : undefined;
  if (body) headers["Content-Type"] = "application/json";
  const answer = await fetch(target, { method, headers, body }).catch(() => null);
  if (!answer) return failure(OFFLINE);
  const text = await answer.text();
  try {
    return text ? JSON.parse(text) : {};
  } catch {
    return failure(`The server answered ${answer.status}. Try again.`);
  }
}

/** Where one proves again who one is, and comes back to this page. */
function confirmIdentity() {
  const { pathname, search } = window.location;
  window.location.assign(`/reauthenticate?next=${encodeURIComponent(pathname + search)}`);
}

/** What is being asked and told about one row, and how an action is carried out: `choose` begins, `parts` are drawn. */
export function useDoing(row, onDone) {
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState(null);
  const [told, setTold] = useState(null);
  const run = async (action, values = {}) => {
    setBusy(true);
    const answer = await call(action, row, values);
    setBusy(false);
    if (answer.error?.code === "REAUTHENTICATION_REQUIRED") return confirmIdentity();
    if (answer.error) return answer.error.message;
    setAsking(null);
    if (action.shows) setTold(answer);
    else if (action.done) notice(action.done);
    if (!action.call.startsWith("GET ")) onDone(action, answer);
  };
  const choose = async (action) => {
    if (action.confirm || action.fields.length) return setAsking(action);
    const problem = await run(action);
    if (problem) notice(problem);
  };
  const parts = [
    asking && h(Ask, { key: "ask", action: asking, row, busy, onRun: (values) => run(asking, values), onClose: () => setAsking(null) }),
    told && h(Told, { key: "told", told, onCopied: () => notice("Copied."), onClose: () => setTold(null) }),
  ];
  return { busy, choose, parts };
}

export function Doings({ actions, row, onDone }) {
  const { busy, choose, parts } = useDoing(row, () => onDone());
  const [only] = actions;
  const single = { type: "button", className: "doing", disabled: busy, "aria-label": `${only.label}: ${row.name}` };
  return h(
    "div",
    { className: "doings", "aria-busy": busy },
    actions.length === 1
      ? h("button", { ...single, onClick: () => choose(only) }, only.label)
      : h(Menu, { actions, busy, label: `Actions for ${row.name}`, onChoose: choose }),
    parts,
  );
}

/** What can be done with the list as a whole: one more of what it lists. */
export function Makes({ actions, onDone }) {
  const { busy, choose, parts } = useDoing({}, () => onDone());
  return h(
    "div",
    { className: "makes" },
    actions.map((action) => h("button", { key: action.name, type: "button", className: "make", disabled: busy, onClick: () => choose(action) }, action.label)),
    parts,
  );
}
