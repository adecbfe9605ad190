// The second factor of one's account. Secrets come from the API into this page only: they pass no state of the server.
import { createElement as h, useEffect, useState } from "react";
import { Problem, ask } from "./ask.jsx";

const PLACE = "/api/v1/me/second-factor";
const day = (moment) => new Date(moment).toLocaleDateString(undefined, { dateStyle: "medium" });

/** Numbers and letters are easier to compare and to type in groups of four. */
const grouped = (secret) => secret.match(/.{1,4}/g).join(" ");

export function SecondFactor({ primary, plain }) {
  const [status, setStatus] = useState(null);
  const [begun, setBegun] = useState(null);
  const [codes, setCodes] = useState(null);
  const [failure, setFailure] = useState(null);
  const [busy, setBusy] = useState(false);
  const load = async () => setStatus(await ask("GET", PLACE));
  /** One thing at a time; what the server refuses is said, and nothing is lost. */
  const act = (work) => async (event) => {
    event?.preventDefault();
    if (busy) return;
    setBusy(true);
    setFailure(null);
    try {
      await work(event);
    } catch (error) {
      setFailure(error);
    }
    setBusy(false);
  };
  useEffect(() => {
    act(load)();
  }, []);
  const begin = act(async () => setBegun(await ask("POST", PLACE)));
  const confirm = act(async (event) => {
    const code = new FormData(event.currentTarget).get("code");
    setCodes((await ask("POST", `${PLACE}/confirmation`, { code })).codes);
    setBegun(null);
    await load();
  });
  const renew = act(async () => {
    setCodes((await ask("POST", `${PLACE}/recovery-codes`)).codes);
    await load();
  });
  const turnOff = act(async () => {
    await ask("DELETE", PLACE);
    setCodes(null);
    await load();
  });
  const button = (label, onClick, className) =>
    h("button", { type: "button", className, onClick, disabled: busy }, label);
  if (!status) return h("div", null, h(Problem, { failure }), !failure && h("div", { className: "skeleton h-[52px]" }));
  return h(
    "div",
    { className: "stack", "aria-busy": busy },
    h(Problem, { failure }),
    codes && h(Codes, { codes, primary, done: () => setCodes(null), plain }),
    begun && h(Begin, { begun, confirm, busy, primary, plain, cancel: () => setBegun(null) }),
    !codes && !begun && !status.since && [
      h("p", { key: "off", className: "m-0" }, "Off: your password alone lets you in."),
      h("div", { key: "on" }, button("Set up an authenticator app", begin, primary)),
    ],
    !codes && !begun && status.since && [
      h("p", { key: "on", className: "m-0" }, `On since ${day(status.since)}.`, " ", left(status.recovery_codes_left)),
      h(
        "div",
        { key: "do", className: "flex flex-wrap gap-2" },
        button("Make new recovery codes", renew, plain),
        button("Turn it off", turnOff, plain),
      ),
    ],
  );
}

function left(count) {
  if (count === 0) return "No recovery code is left: make new ones, or a lost phone locks you out.";
  return count === 1 ? "One recovery code is left." : `${count} recovery codes are left.`;
}

function Begin({ begun, confirm, cancel, busy, primary, plain }) {
  return h(
    "form",
    { onSubmit: confirm, "aria-label": "Second factor", className: "stack", method: "dialog" },
    h("p", { className: "m-0" }, "Scan this with your authenticator app, then type the code that it shows."),
    h("img", {
      className: "qr",
      alt: "QR code for your authenticator app",
      src: `data:image/svg+xml,${encodeURIComponent(begun.picture)}`,
    }),
    h("p", { className: "m-0" }, "No camera? Type this key: ", h("code", { className: "key" }, grouped(begun.secret))),
    h(
      "div",
      null,
      h("label", { htmlFor: "code", className: "block text-[13px] font-medium text-ink mb-1" }, "Code"),
      h("input", {
        id: "code",
        name: "code",
        className: "input-code",
        autoComplete: "one-time-code",
        inputMode: "numeric",
        required: true,
        maxLength: 10,
      }),
    ),
    h(
      "div",
      { className: "flex gap-2" },
      h("button", { type: "submit", className: primary, disabled: busy }, "Turn it on"),
      h("button", { type: "button", className: plain, onClick: cancel }, "Cancel"),
    ),
  );
}

function Codes({ codes, done, primary, plain }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard?.writeText(codes.join("\n"));
    setCopied(true);
  };
  return h(
    "div",
    { className: "stack" },
    h("p", { className: "m-0", role: "status" }, "Keep these recovery codes in a safe place. Each is good once, and they are shown only now."),
    h("ol", { className: "recovery", "aria-label": "Recovery codes" }, codes.map((code) => h("li", { key: code }, code))),
    h(
      "div",
      { className: "flex gap-2" },
      h("button", { type: "button", className: plain, onClick: copy }, copied ? "Copied" : "Copy them"),
      h("button", { type: "button", className: primary, onClick: done }, "I have kept them"),
    ),
  );
}
