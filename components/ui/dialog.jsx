// Dialogs of the admin pages: a question before something grave, and what an answer says, to read and to copy.
import { createElement as h, useEffect, useRef } from "react";

export function Dialog({ title, children, onClose }) {
  const dialog = useRef(null);
  useEffect(() => {
    dialog.current.showModal();
  }, []);
  const onClick = (event) => event.target === dialog.current && dialog.current.close();
  return h(
    "dialog",
    { ref: dialog, className: "dialog", "aria-label": title, onClose, onClick },
    h("div", { className: "dialog-body" }, h("h2", null, title), children),
  );
}

/** It leaves the page with the dialog. */
export function Told({ told, onCopied, onClose }) {
  const copy = () => navigator.clipboard?.writeText(told.link).then(onCopied);
  const link = { className: "told-link", readOnly: true, "aria-label": "Link", value: told.link };
  return h(
    Dialog,
    { title: told.subject || told.name || "A link that works once", onClose },
    (told.to ?? told.email) && h("p", null, `For ${told.to ?? told.email}`),
    told.members && h("ul", { className: "told-list" }, told.members.map((one) => h("li", { key: one.user_id }, one.name))),
    told.members?.length === 0 && h("p", null, "Nobody."),
    told.text && h("pre", { className: "told", tabIndex: 0 }, told.text),
    told.link && h("input", { ...link, onFocus: (event) => event.target.select() }),
    h(
      "div",
      { className: "dialog-foot" },
      h("button", { type: "button", onClick: onClose }, "Close"),
      told.link && h("button", { type: "button", className: "go", onClick: copy }, "Copy the link"),
    ),
  );
}
