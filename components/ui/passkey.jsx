// Passkeys: signing in with one, and adding one to an account. The browser asks the authenticator; the server judges.
import { createElement as h, useEffect, useRef, useState } from "react";
import { leave } from "./bridge.jsx";

const OFFLINE = "The server could not be reached. Try again when the connection is back.";
const UNKNOWN = "This browser knows no passkeys.";
const GIVEN_UP = "Nothing was confirmed. Try again when you are ready.";

class Refused extends Error {
  constructor({ message, code }) {
    super(message);
    this.code = code;
  }
}

async function ask(address, body) {
  const headers = { "Content-Type": "application/json", Accept: "application/json" };
  let answer;
  try {
    answer = await fetch(address, { method: "POST", headers, body: JSON.stringify(body ?? {}) });
  } catch {
    throw new Refused({ message: OFFLINE });
  }
  const said = await answer.json().catch(() => ({ error: { message: `The server answered ${answer.status}.` } }));
  if (!answer.ok) throw new Refused(said.error);
  return said;
}

async function signIn() {
  const { options } = await ask("/auth/passkey/options");
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  const credential = await navigator.credentials.get({ publicKey });
  const next = new URLSearchParams(window.location.search).get("next") ?? "";
  const { location } = await ask(`/auth/passkey?next=${encodeURIComponent(next)}`, { credential: credential.toJSON() });
  leave(location);
}

async function add(form) {
  const { options } = await ask("/api/v1/me/passkeys/options");
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
  const credential = await navigator.credentials.create({ publicKey });
  await ask("/api/v1/me/passkeys", { credential: credential.toJSON(), name: new FormData(form).get("name") ?? "" });
  leave(window.location.href, "The passkey was added.");
}

const confirmation = () => `/reauthenticate?next=${encodeURIComponent(location.pathname + location.search)}`;

/** A form with one button; `kind` is sign-in or add, `children` are its fields. */
export function PasskeyForm({ kind, label, button, className, children }) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState(null);
  const [known, setKnown] = useState(true);
  const alert = useRef(null);
  useEffect(() => setKnown(Boolean(window.PublicKeyCredential?.parseRequestOptionsFromJSON)), []);
  useEffect(() => {
    if (failure) alert.current?.focus();
  }, [failure]);
  const submit = async (event) => {
    event.preventDefault();
    if (busy) return;
    const form = event.currentTarget;
    setBusy(true);
    setFailure(null);
    try {
      await (kind === "add" ? add(form) : signIn());
      return;
    } catch (error) {
      setFailure(error instanceof Refused ? error : { message: GIVEN_UP });
    }
    setBusy(false);
  };
  return h(
    "form",
    { onSubmit: submit, "aria-busy": busy, "aria-label": label, className: "stack", method: "dialog" },
    failure &&
      h(
        "div",
        { role: "alert", className: "form-error", ref: alert, tabIndex: -1 },
        h("span", null, failure.message),
        failure.code === "REAUTHENTICATION_REQUIRED" && h("a", { href: confirmation() }, "Confirm that it is you"),
      ),
    h("fieldset", { disabled: busy || !known, className: "contents" }, children),
    h("button", { type: "submit", className, disabled: busy || !known }, known ? button : UNKNOWN),
  );
}

/** The ticket that signing in with a password gave, as a hidden field; without one the person begins anew. */
export function StepTicket() {
  const [ticket, setTicket] = useState("");
  useEffect(() => {
    const kept = sessionStorage.getItem("plumbline.ticket") ?? "";
    if (kept) setTicket(kept);
    else window.location.replace("/login" + window.location.search);
  }, []);
  return h("input", { type: "hidden", name: "ticket", value: ticket, readOnly: true });
}
