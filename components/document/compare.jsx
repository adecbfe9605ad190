// Choosing two revisions to compare. Revisions are numbered from 1 to the newest without a gap.
import { createElement as h, useState } from "react";
import { useNavigate, useParams } from "react-router";

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
