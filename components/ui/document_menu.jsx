// What can be done with the document that the address names, besides reading and writing it. Afterwards the page leads to
// where it is then; what was deleted can be taken back for as long as the notice is there.
import { createElement as h } from "react";
import { useParams } from "react-router";
import { leave } from "./bridge.jsx";
import { useDoing } from "./row_doings.jsx";
import { Menu } from "./row_menu.jsx";

const THEN = {
  assign: ({ owner, number }) => leave(`/d/${number}`, `${owner} owns ${number} now.`),
  move: ({ number, space_name }) => leave(`/d/${number}`, `This is ${number} in ${space_name} now.`),
  delete: (_, number) =>
    leave("/documents", `${number} is deleted.`, {
      call: `POST /api/v1/documents/${number}/restore`,
      then: `/d/${number}`,
      done: `${number} is back.`,
    }),
};

export function DocumentMenu({ actions, may, base, home }) {
  const { number } = useParams();
  const row = { id: number, name: number, etag: `"${base}"`, not_space: (home ?? "").split("-")[0] };
  const { busy, choose, parts } = useDoing(row, (action, answer) => THEN[action.name](answer, number));
  const offered = actions.filter(({ name }) => (may ?? "").split(" ").includes(name));
  return h("span", { className: "doc-menu" }, h(Menu, { actions: offered, busy, label: "More actions", onChoose: choose }), parts);
}
