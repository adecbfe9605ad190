// Choosing two revisions to compare, and changing the view of them.
import { createElement as h, useEffect, useRef, useState } from "react";
import { useNavigate, useParams, useSearchParams } from "react-router";
import { Sheet } from "$/public/external/components/ui/served/served.jsx";

/** Of `app.domain.diff.views.View`; the first is shown when the address names none. */
const VIEWS = ["side-by-side", "unified", "rendered", "diagrams"];

/** The comparison in the view that the address names. Its own links to other views work without this script; with it
 * the page stays, and so does what was unfolded and where the focus is. */
export function ComparedSheet({ digest }) {
  const named = useSearchParams()[0].get("view");
  const navigate = useNavigate();
  const host = useRef(null);
  const followed = useRef(false);
  const follow = (event) => {
    const href = event.target.closest("a")?.getAttribute("href");
    const plain = !event.button && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!plain || !href?.startsWith("?view=")) return;
    event.preventDefault();
    followed.current = !href.includes("#");
    navigate(href, { preventScrollReset: true });
  };
  useEffect(() => {
    const watch = new MutationObserver((records) => {
      const before = records.flatMap((record) => [...record.removedNodes]).filter((node) => node.querySelectorAll);
      const folds = before.flatMap((node) => [...node.querySelectorAll(".compared-list details")]);
      const now = [...host.current.querySelectorAll(".compared-list details")];
      if (folds.length === now.length) now.forEach((fold, at) => (fold.open = folds[at].open));
      if (followed.current) host.current.querySelector(".view-tabs [aria-current]")?.focus({ preventScroll: true });
      followed.current = false;
    });
    watch.observe(host.current, { childList: true, subtree: true });
    return () => watch.disconnect();
  }, []);
  const view = VIEWS.includes(named) ? named : VIEWS[0];
  return h("div", { ref: host, onClick: follow }, h(Sheet, { digest: digest && `${digest}/${view}` }));
}

// Revisions are numbered from 1 to the newest without a gap.

export function RevisionPicker({ newest }) {
  const { number } = useParams();
  const navigate = useNavigate();
  const [chosen, setChosen] = useState({});
  const last = Number(newest) || 0;
  const ends = { from: last > 1 ? last - 1 : "", to: last || "", ...chosen };
  const field = (name, label) =>
    h(
      "label",
      { key: name },
      label,
      h("input", {
        type: "number",
        name,
        min: 1,
        max: last || undefined,
        required: true,
        value: ends[name],
        onChange: (event) => setChosen({ ...chosen, [name]: event.target.value }),
      }),
    );
  const compare = (event) => {
    event.preventDefault();
    navigate(`/d/${number}/compare/${Number(ends.from)}/${Number(ends.to)}`);
  };
  return h(
    "form",
    { className: "revision-picker", "aria-label": "Compare two revisions", onSubmit: compare },
    field("from", "Compare revision "),
    field("to", "with "),
    h("button", { type: "submit", disabled: last < 2 }, "Compare"),
  );
}
