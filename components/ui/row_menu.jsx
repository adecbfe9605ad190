// A small menu at a row. Opens with a click or Enter; arrows move, Escape and leaving it close it.
import { createElement as h, useEffect, useRef, useState } from "react";

export function Menu({ actions, busy, label, onChoose }) {
  const [open, setOpen] = useState(false);
  const root = useRef(null);
  const opener = useRef(null);
  const items = () => [...root.current.querySelectorAll("[role=menuitem]")];
  useEffect(() => {
    if (open) items()[0]?.focus();
  }, [open]);
  const close = () => {
    setOpen(false);
    opener.current.focus();
  };
  const onKeyDown = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (open && event.key === "Escape") close();
    if (!open || !step) return;
    event.preventDefault();
    const all = items();
    all[(all.indexOf(document.activeElement) + step + all.length) % all.length]?.focus();
  };
  const onBlur = (event) => root.current.contains(event.relatedTarget) || setOpen(false);
  const item = (action) =>
    h(
      "button",
      {
        key: action.name,
        type: "button",
        role: "menuitem",
        className: action.grave ? "grave" : undefined,
        onClick: () => {
          close();
          onChoose(action);
        },
      },
      action.label,
    );
  return h(
    "div",
    { ref: root, className: "row-menu", onKeyDown, onBlur },
    h(
      "button",
      {
        ref: opener,
        type: "button",
        className: "more dots",
        disabled: busy,
        "aria-haspopup": "menu",
        "aria-expanded": open,
        "aria-label": label,
        onClick: () => setOpen(!open),
      },
      h("svg", { viewBox: "0 0 14 14", "aria-hidden": "true" }, [2.5, 7, 11.5].map((cx) => h("circle", { key: cx, cx, cy: 7, r: 1.2 }))),
    ),
    open && h("div", { role: "menu", "aria-label": label }, actions.map(item)),
  );
}
