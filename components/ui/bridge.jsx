// What a page does at the server's word, without eval: notices, focus, copy, scroll, leaving for another document.
// Also the banner of a lost connection. One instance per page.
import { useContext, useEffect, useRef, useState, createElement as h } from "react";
import { EventLoopContext } from "$/utils/context";
import { ask } from "./ask.jsx";

const KEPT = "plumbline.said";
const SHOWN_MS = 6000;
const UNDO_MS = 20000;
const OFFLINE_AFTER_MS = 1500;

/**
 * Keep a notice for the page that is loaded next, then go there. With `undo` the notice offers that: the `call` of our API
 * that takes it back, where to go `then`, and what is `done`.
 */
export function leave(href, notice, undo) {
  if (notice) sessionStorage.setItem(KEPT, JSON.stringify({ text: notice, undo }));
  const target = new URL(href, window.location.href);
  const here = target.pathname + target.search === window.location.pathname + window.location.search;
  if (here) window.location.reload();
  else window.location.assign(target.href);
}

const actions = {
  focus: ({ target }) => document.querySelector(target)?.focus(),
  scroll: ({ target }) => document.querySelector(target)?.scrollIntoView({ block: "start" }),
  copy: ({ text }) => navigator.clipboard?.writeText(text),
  leave: ({ href, text }) => leave(href, text),
};

export function Bridge({ commands }) {
  const done = useRef(new Set());
  const [notices, setNotices] = useState([]);
  const show = (text, undo) => {
    const id = Math.random();
    setNotices((all) => [...all.slice(-2), { id, text, undo }]);
    setTimeout(() => setNotices((all) => all.filter((notice) => notice.id !== id)), undo ? UNDO_MS : SHOWN_MS);
  };
  const takeBack = async ({ call, then, done }) => {
    try {
      await ask(...call.split(" "));
      leave(then, done);
    } catch (refused) {
      show(refused.message);
    }
  };
  useEffect(() => {
    document.documentElement.dataset.ready = "true";
    for (const here of document.querySelectorAll("nav [aria-current]"))
      here.scrollIntoView({ block: "nearest", inline: "nearest" }); // entries in a row may not all fit
    const kept = JSON.parse(sessionStorage.getItem(KEPT));
    sessionStorage.removeItem(KEPT);
    if (kept) show(kept.text, kept.undo);
    const heard = (event) => show(event.detail);
    window.addEventListener("plumbline:notice", heard);
    return () => window.removeEventListener("plumbline:notice", heard);
  }, []);
  useEffect(() => {
    for (const command of commands ?? []) {
      if (done.current.has(command.id)) continue;
      done.current.add(command.id);
      if (command.kind === "notice") show(command.text);
      else actions[command.kind]?.(command);
    }
  }, [commands]);
  return h(
    "div",
    null,
    h(Connection),
    h(
      "div",
      { className: "notices", role: "status", "aria-live": "polite" },
      notices.map(({ id, text, undo }) =>
        h("div", { key: id, className: "notice" }, text, undo && h("button", { type: "button", onClick: () => takeBack(undo) }, "Undo")),
      ),
    ),
  );
}

function Connection() {
  const [, errors] = useContext(EventLoopContext) ?? [null, []];
  const failing = (errors?.length ?? 0) > 0;
  const [offline, setOffline] = useState(false);
  useEffect(() => {
    if (!failing) return setOffline(false);
    const timer = setTimeout(() => setOffline(true), OFFLINE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [failing]);
  if (!offline) return null;
  return h(
    "div",
    { className: "offline", role: "alert" },
    "The connection to the server is gone. What you typed is kept; trying again…",
  );
}
