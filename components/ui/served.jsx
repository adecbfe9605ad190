// Taking over what the server already put into the page. A slot keeps its served HTML through hydration (React does
// not look inside dangerouslySetInnerHTML), so text is visible at first paint and never drawn twice.
import { createElement as h, useEffect, useRef, useState } from "react";

const escape = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");

function served(name) {
  if (typeof document === "undefined" || document.documentElement.dataset.ready) return null;
  return document.querySelector(`[data-slot="${name}"]`);
}

/** A line of text: the served one until state has a value. */
export function Slot({ name, value, tone, element, className, titles }) {
  const [first] = useState(() => served(name)?.innerHTML ?? "");
  useEffect(() => {
    const text = value || (first && document.querySelector(`[data-slot="${name}"]`)?.textContent);
    if (titles && text) document.title = `${text} · Plumbline`;
  }, [titles, value, first]);
  return h(element || "span", {
    "data-slot": name,
    "data-tone": tone,
    className,
    suppressHydrationWarning: true,
    dangerouslySetInnerHTML: { __html: value ? escape(String(value)) : first },
  });
}

/** A link: the served one until state has its words and its address. */
export function SlotLink({ name, value, href }) {
  const [first] = useState(() => served(name)?.innerHTML ?? "");
  return h("span", {
    "data-slot": name,
    suppressHydrationWarning: true,
    dangerouslySetInnerHTML: { __html: value ? `<a href="${escape(String(href))}">${escape(String(value))}</a>` : first },
  });
}

/** Of two ways of looking at one thing: `compare/…/unified` and `compare/…/rendered`. */
function isOneThing(one, other) {
  const stem = (digest) => digest?.slice(0, digest.lastIndexOf("/"));
  return Boolean(one?.includes("/")) && stem(one) === stem(other);
}

/** The rendered text of a revision, by digest: adopted from the page, or fetched once. Until another way of looking at
 * the same thing is there, the last one stays. */
export function Sheet({ digest }) {
  const [first] = useState(() => {
    const element = served("sheet");
    return element ? { digest: element.dataset.digest ?? "", html: element.innerHTML } : null;
  });
  const [fetched, setFetched] = useState({ digest: "", html: "", error: "" });
  const adopted = first && first.html && (!digest || digest === first.digest);
  useEffect(() => {
    if (!digest || adopted || fetched.digest === digest) return;
    const stop = new AbortController();
    fetch(`/content/${digest}`, { signal: stop.signal })
      .then((answer) => (answer.ok ? answer.text() : Promise.reject(new Error(String(answer.status)))))
      .then((html) => setFetched({ digest, html, error: "" }))
      .catch((error) => error.name !== "AbortError" && setFetched({ digest, html: "", error: error.message }));
    return () => stop.abort();
  }, [digest, adopted]);
  useEffect(() => {
    if (adopted || !fetched.html || !window.location.hash) return;
    document.getElementById(decodeURIComponent(window.location.hash.slice(1)))?.scrollIntoView();
  }, [adopted, fetched]);
  const html = adopted ? first.html : fetched.digest === digest ? fetched.html : "";
  const last = useRef({ digest: "", html: "" });
  if (html) last.current = { digest: adopted ? first.digest : digest, html };
  const stays = fetched.error || !isOneThing(last.current.digest, digest) ? "" : last.current.html;
  const host = useRef(null);
  // React leaves the attributes of served HTML as they are: the build's "busy" would stay.
  useEffect(() => host.current?.setAttribute("aria-busy", String(!html && !fetched.error)), [html, fetched.error]);
  return h("div", {
    ref: host,
    "data-slot": "sheet",
    "data-digest": adopted ? first.digest : digest,
    "aria-busy": !html && !fetched.error,
    className: "sheet-host",
    suppressHydrationWarning: true,
    dangerouslySetInnerHTML: { __html: html || stays || (fetched.error ? FAILED : WAITING) },
  });
}

const WAITING = "";
const FAILED =
  '<div class="empty" role="alert"><h2>The text could not be loaded</h2><p>Reload the page to try again.</p></div>';

/** A moment in the reader's own zone: near ones as a distance, others as a date. */
export function When({ name, at }) {
  const [first] = useState(() => (name && served(name)?.innerHTML) || "");
  const [now, setNow] = useState(0);
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 60000);
    return () => clearInterval(timer);
  }, []);
  const moment = at ? new Date(at) : null;
  return h("time", {
    "data-slot": name,
    dateTime: at || undefined,
    title: moment && now ? moment.toLocaleString() : undefined,
    suppressHydrationWarning: true,
    dangerouslySetInnerHTML: { __html: moment ? words(moment, now) : first },
  });
}

export function words(moment, now) {
  const away = ((now || Date.now()) - moment.getTime()) / 1000;
  const seconds = Math.abs(away);
  if (seconds < 60) return "just now";
  for (const [unit, size, limit] of [["min", 60, 3600], ["h", 3600, 86400], ["d", 86400, 7 * 86400]]) {
    if (seconds < limit) return `${away < 0 ? "in " : ""}${Math.floor(seconds / size)} ${unit}${away < 0 ? "" : " ago"}`;
  }
  const month = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ")[moment.getMonth()];
  return `${moment.getDate()} ${month} ${moment.getFullYear()}`;
}
