// What can be done with one thing, as buttons beside each other; those that its `may` names.
import { createElement as h } from "react";
import { Doings } from "./row_doings.jsx";

export function DoingBar({ actions, row, onDone }) {
  const may = (row.may ?? "").split(" ");
  const offered = actions.filter(({ name }) => may.includes(name));
  return h(
    "div",
    { className: "doing-bar" },
    offered.map((action) => h(Doings, { key: action.name, actions: [action], row, onDone })),
  );
}
