// Passkeys: signing in with one, and adding one to an account. The browser asks the authenticator; the server judges.
import { createElement as h, useEffect, useState } from "react";
import { Problem, Refused, ask } from "./ask.jsx";
import { leave } from "./bridge.jsx";

const UNKNOWN = "This browser knows no passkeys.";
const GIVEN_UP = "Nothing was confirmed. Try again when you are ready.";

async function signIn() {
  const { options } = await ask("POST", "/auth/passkey/options");
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  const credential = await navigator.credentials.get({ publicKey });
  const next = new URLSearchParams(window.location.search).get("next") ?? "";
  const address = `/auth/passkey?next=${encodeURIComponent(next)}`;
  leave((await ask("POST", address, { credential: credential.toJSON() })).location);
}

async function add(name) {
  const { options } = await ask("POST", "/api/v1/me/passkeys/options");
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
  const credential = await navigator.credentials.create({ publicKey });
  await ask("POST", "/api/v1/me/passkeys", { credential: credential.toJSON(), name });
  leave(window.location.href, "The passkey was added.");
}

/** A form with one button; `kind` is sign-in or add, `children` are its fields. */
export function PasskeyForm({ kind, label, button, className, children }) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState(null);
  const [known, setKnown] = useState(true);
  useEffect(() => setKnown(Boolean(window.PublicKeyCredential?.parseRequestOptionsFromJSON)), []);
  const submit = async (event) => {
    event.preventDefault();
    if (busy) return;
    const name = new FormData(event.currentTarget).get("name") ?? ""; // before its fields are disabled
    setBusy(true);
    setFailure(null);
    try {
      await (kind === "add" ? add(name) : signIn());
      return;
    } catch (error) {
      setFailure(error instanceof Refused ? error : { message: GIVEN_UP });
    }
    setBusy(false);
  };
  return h(
    "form",
    { onSubmit: submit, "aria-busy": busy, "aria-label": label, className: "stack", method: "dialog" },
    h(Problem, { failure }),
    h("fieldset", { disabled: busy || !known, className: "contents" }, children),
    h("button", { type: "submit", className, disabled: busy || !known }, known ? button : UNKNOWN),
  );
}

/** The ticket that the first step of signing in gave, as a hidden field; without one the person begins anew. */
export function StepTicket() {
  const [ticket, setTicket] = useState("");
  useEffect(() => {
    const brought = window.location.hash.slice(1); // by whoever came through an identity provider
    if (brought) {
      sessionStorage.setItem("plumbline.ticket", brought);
      window.history.replaceState(null, "", window.location.pathname + window.location.search);
    }
    const kept = sessionStorage.getItem("plumbline.ticket") ?? "";
    if (kept) setTicket(kept);
    else window.location.replace("/login" + window.location.search);
  }, []);
  return h("input", { type: "hidden", name: "ticket", value: ticket, readOnly: true });
}
