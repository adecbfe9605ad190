// Asking our own API from a page, as JSON; and saying what it refused.
import { createElement as h, useEffect, useRef } from "react";

const OFFLINE = "The server could not be reached. Try again when the connection is back.";

/** What the server said instead of doing it; `code` is one of docs/errors.md. */
export class Refused extends Error {
  constructor({ message, code }) {
    super(message);
    this.code = code;
  }
}

/** The answer's body, or null when it has none. Raises Refused. */
export async function ask(method, address, body) {
  const headers = { Accept: "application/json", ...(body ? { "Content-Type": "application/json" } : {}) };
  let answer;
  try {
    answer = await fetch(address, { method, headers, body: body && JSON.stringify(body) });
  } catch {
    throw new Refused({ message: OFFLINE });
  }
  if (answer.status === 204) return null;
  const said = await answer.json().catch(() => ({ error: { message: `The server answered ${answer.status}.` } }));
  if (!answer.ok) throw new Refused(said.error);
  return said;
}

/** Where one proves again who one is, and comes back to this page. */
export const reauthentication = () =>
  `/reauthenticate?next=${encodeURIComponent(window.location.pathname + window.location.search)}`;

/** A refusal, which takes the focus so that it is read out. */
export function Problem({ failure }) {
  const box = useRef(null);
  useEffect(() => {
    if (failure) box.current?.focus();
  }, [failure]);
  if (!failure) return null;
  return h(
    "div",
    { role: "alert", className: "form-error", ref: box, tabIndex: -1 },
    h("span", null, failure.message),
    failure.code === "REAUTHENTICATION_REQUIRED" && h("a", { href: reauthentication() }, "Confirm that it is you"),
  );
}
