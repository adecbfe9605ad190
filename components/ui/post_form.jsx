// A form that goes to our own API: multipart, with progress, with the server's own sentence when it is refused.
// What was typed stays in the form until the server has said that it is stored.
import { createElement as h, useEffect, useRef, useState } from "react";
import { useParams } from "react-router";
import { reauthentication } from "./ask.jsx";
import { leave } from "./bridge.jsx";

const FULL = "This browser has no room to keep what you type: save it before you leave.";
const OFFLINE = "The server could not be reached. Nothing is lost: try again when the connection is back.";

/** Text areas marked data-exact travel as files, because form fields have their line ends rewritten. */
function collect(form) {
  const data = new FormData();
  for (const [name, value] of new FormData(form)) {
    const exact = form.querySelector(`textarea[data-exact][name="${name}"]`) && typeof value === "string";
    const nothing = value instanceof File && !value.name;
    if (!exact && !nothing) data.append(name, value);
  }
  for (const area of form.querySelectorAll("textarea[data-exact]")) {
    if (!area.value) continue;
    const text = area.dataset.newlines === "crlf" ? area.value.replace(/\n/g, "\r\n") : area.value;
    data.append(area.name, new Blob([text], { type: "text/markdown" }), area.dataset.exact);
  }
  return data;
}

/** The fields as one JSON object, for routes that take it. A name that ends in [] is a list, an empty field is left out. */
function asJson(form) {
  const fields = {};
  for (const [name, value] of new FormData(form)) {
    if (name.endsWith("[]")) (fields[name.slice(0, -2)] ??= []).push(value);
    else if (value !== "") fields[name] = value;
  }
  return JSON.stringify(fields);
}

function send(method, action, data, headers, onProgress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, action);
    request.setRequestHeader("Accept", "application/json");
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    request.onerror = () => reject(new Error(OFFLINE));
    request.onload = () => {
      let body = {};
      try {
        body = [202, 204].includes(request.status) ? {} : JSON.parse(request.responseText);
      } catch {
        body = { error: { code: "", message: `The server answered ${request.status}. Try again.`, details: {} } };
      }
      resolve({ status: request.status, body });
    };
    request.send(data);
  });
}

function forget(form) {
  for (const area of form.querySelectorAll("textarea[data-keep]")) localStorage.removeItem(area.dataset.keep);
}

/** The revision that the text in this page was made from; a save names it, so that nobody's work is overwritten. */
const base = () => document.querySelector("textarea[data-base]")?.dataset.base;

/** What was refused, in the server's words, with how long to wait and where to go on. */
function Refusal({ failure, number, box }) {
  return h(
    "div",
    { role: "alert", className: "form-error", ref: box, tabIndex: -1 },
    h("span", null, `${failure.message} ${wait(failure)}`.trim()),
    failure.code === "REAUTHENTICATION_REQUIRED" && h("a", { href: reauthentication() }, "Confirm that it is you"),
    failure.code === "REVISION_CONFLICT" &&
      h("a", { href: `/d/${number}`, target: "_blank", rel: "noopener" }, "Open the current text in a new tab"),
  );
}

function wait({ code, details }) {
  if (code !== "RATE_LIMITED" || !details?.retry_after) return "";
  const minutes = Math.ceil(details.retry_after / 60);
  return minutes < 2 ? "Try again in a minute." : `Try again in ${minutes} minutes.`;
}

/** What stands in a form's place once it was taken; a secret in the answer is shown here and kept nowhere. */
function Done({ words, secret, again }) {
  const box = useRef(null);
  const [copied, setCopied] = useState(false);
  useEffect(() => box.current.focus(), []);
  const copy = () => navigator.clipboard.writeText(secret).then(() => setCopied(true));
  return h(
    "div",
    { className: "form-done", role: "status", ref: box, tabIndex: -1 },
    h("p", null, words),
    secret && h("code", { className: "secret" }, secret),
    secret && h("button", { type: "button", className: "copy", onClick: copy }, copied ? "Copied" : "Copy"),
    secret && h("button", { type: "button", className: "copy", onClick: again }, "Make another"),
  );
}

export function PostForm(props) {
  const { action, path, method, json, then, notice, done, reveal, onDone, label, className, children } = props;
  const { number } = useParams();
  const target = path ? `/api/v1/documents/${number}${path}` : action;
  const [busy, setBusy] = useState(false);
  const [progress, setProgress] = useState(0);
  const [failure, setFailure] = useState(null);
  const [answer, setAnswer] = useState(null);
  const alert = useRef(null);
  useEffect(() => {
    if (failure) alert.current?.focus();
  }, [failure]);
  const submit = async (event) => {
    event.preventDefault();
    const form = event.currentTarget;
    if (busy) return;
    setBusy(true);
    setFailure(null);
    try {
      const headers = path ? { "If-Match": `"${base()}"` } : json ? { "Content-Type": "application/json" } : {};
      const data = json ? asJson(form) : collect(form);
      const { status, body } = await send(method ?? "POST", target, data, headers, setProgress);
      if (status < 300) {
        forget(form);
        if (!done) return leave(then ?? body.location, notice ?? body.notice);
        setAnswer(body);
        setBusy(false);
        return onDone?.();
      }
      if (body.error.code === "SECOND_FACTOR_REQUIRED") {
        sessionStorage.setItem("plumbline.ticket", body.error.details.ticket);
        leave(`/login/second${window.location.search}`);
        return;
      }
      setFailure(body.error);
    } catch (error) {
      setFailure({ message: error.message, details: {} });
    }
    setBusy(false);
    setProgress(0);
  };
  if (answer) return h(Done, { words: done, secret: reveal && answer[reveal], again: () => setAnswer(null) });
  return h(
    "form",
    // Outside a dialog this method sends nothing: a submit before this script runs must not leave the page.
    { onSubmit: submit, "aria-busy": busy, "aria-label": label, className, method: "dialog" },
    failure && h(Refusal, { failure, number, box: alert }),
    h("fieldset", { disabled: busy, className: "contents" }, children),
    busy && progress > 0 && progress < 1 && h("progress", { max: 1, value: progress, "aria-label": "Upload" }),
  );
}

/** The whole source of a document in a text area; what is typed is kept in this browser until it is saved. */
export function SourceArea({ name, keep: place, label, exact, placeholder, rows, served }) {
  const { number } = useParams();
  const keep = `plumbline.${place}.${number ?? ""}`;
  const area = useRef(null);
  const [kept, setKept] = useState("");
  const [first] = useState(() => {
    if (typeof document === "undefined") return "";
    return document.querySelector(`[data-slot="${name}"]`)?.value ?? "";
  });
  useEffect(() => {
    // Come to from within the page, the text was not served; a document that does not exist never serves one.
    const arrived = document.documentElement.dataset.ready;
    if (served && arrived && !area.current.dataset.base) return window.location.reload();
    area.current.dataset.keep = keep; // what was served names no document, and hydration leaves attributes alone
    const stored = localStorage.getItem(keep);
    if (stored !== null && stored !== area.current.value) setKept(stored);
  }, [keep]);
  const store = () => {
    clearTimeout(area.timer);
    if (!area.timer || !area.current) return;
    area.timer = null;
    try {
      localStorage.setItem(keep, area.current.value);
    } catch {
      window.dispatchEvent(new CustomEvent("plumbline:notice", { detail: FULL }));
    }
  };
  const remember = () => {
    clearTimeout(area.timer);
    area.timer = setTimeout(store, 300);
  };
  useEffect(() => {
    window.addEventListener("pagehide", store);
    return () => window.removeEventListener("pagehide", store);
  });
  return h(
    "div",
    { className: "source" },
    kept &&
      h(
        "div",
        { className: "kept", role: "status" },
        "This browser kept text that was never saved.",
        h("button", { type: "button", onClick: () => ((area.current.value = kept), setKept("")) }, "Take it back"),
        h("button", { type: "button", onClick: () => (localStorage.removeItem(keep), setKept("")) }, "Throw it away"),
      ),
    h("textarea", {
      ref: area,
      name,
      rows,
      placeholder,
      "data-slot": name,
      "data-exact": exact,
      "data-keep": keep,
      "aria-label": label,
      spellCheck: false,
      defaultValue: first,
      suppressHydrationWarning: true,
      onInput: remember,
    }),
  );
}

/** A file input as a drop zone that says what was chosen. */
export function FilePicker({ name, label, hint, multiple, accept }) {
  const [names, setNames] = useState([]);
  return h(
    "label",
    { className: "picker" },
    h("span", { className: "picker-label" }, label),
    h("span", { className: "picker-hint" }, names.length ? names.join(", ") : hint),
    h("input", {
      type: "file",
      name,
      multiple,
      accept,
      onChange: (event) => setNames([...event.target.files].map((file) => file.name)),
    }),
  );
}
