// What can be done with one row: a button, or a menu of several. Each is a call of our own API, as any program makes it;
// afterwards the list is read again. What an answer shows (a mail, a link) is never stored anywhere.
import { createElement as h, useState } from "react";
import { Dialog, Told } from "./dialog.jsx";
import { Menu } from "./row_menu.jsx";

const OFFLINE = "The server could not be reached. Try again when the connection is back.";
const notice = (text) => window.dispatchEvent(new CustomEvent("plumbline:notice", { detail: text }));
const failure = (message) => ({ error: { code: "", message } });

async function call(action, row) {
  const [method, path] = action.call.split(" ");
  const target = path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(row[name] ?? ""));
  const headers = { Accept: "application/json" };
  if (row.etag) headers["If-Match"] = row.etag;
  if (action.body) headers["Content-Type"] = "application/json";
  const answer = await fetch(target, { method, headers, body: action.body || undefined }).catch(() => null);
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
  window.location.assign(`/confirm?next=${encodeURIComponent(pathname + search)}`);
}

export function Doings({ actions, row, onDone }) {
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState(null);
  const [told, setTold] = useState(null);
  const run = async (action) => {
    setAsking(null);
    setBusy(true);
    const answer = await call(action, row);
    setBusy(false);
    if (answer.error?.code === "REAUTHENTICATION_REQUIRED") return confirmIdentity();
    if (answer.error) return notice(answer.error.message);
    if (action.shows) setTold(answer);
    else notice(action.done);
    if (!action.call.startsWith("GET ")) onDone();
  };
  const choose = (action) => (action.confirm ? setAsking(action) : run(action));
  const [only] = actions;
  const single = { type: "button", className: "doing", disabled: busy, "aria-label": `${only.label}: ${row.name}` };
  return h(
    "div",
    { className: "doings", "aria-busy": busy },
    actions.length === 1
      ? h("button", { ...single, onClick: () => choose(only) }, only.label)
      : h(Menu, { actions, busy, label: `Actions for ${row.name}`, onChoose: choose }),
    asking &&
      h(
        Dialog,
        { title: asking.label, onClose: () => setAsking(null) },
        h("p", null, asking.confirm.replace("{name}", row.name)),
        h(
          "div",
          { className: "dialog-foot" },
          h("button", { type: "button", onClick: () => setAsking(null) }, "Cancel"),
          h("button", { type: "button", className: asking.grave ? "grave" : "go", onClick: () => run(asking) }, asking.label),
        ),
      ),
    told && h(Told, { told, onCopied: () => notice("Copied."), onClose: () => setTold(null) }),
  );
}
