// With whom a document is shared: people by name, links that end. Everything here is a call of our own API, and what is
// shown is what it answered last.
import { createElement as h, useEffect, useState } from "react";
import { useParams } from "react-router";
import { Problem, ask } from "./ask.jsx";
import { PersonField } from "./asking.jsx";
import { Dialog } from "./dialog.jsx";
import { When } from "./served.jsx";

const ROLES = { reader: "Read", reviewer: "Review", author: "Write" };
const DAYS = { 1: "1 day", 7: "7 days", 14: "14 days", 30: "30 days", 90: "90 days" };
const NOBODY = { message: "Choose a person from the list." };
const notice = (text) => window.dispatchEvent(new CustomEvent("plumbline:notice", { detail: text }));
const options = (words) => Object.entries(words).map(([value, label]) => h("option", { key: value, value }, label));

export function Share({ className, children }) {
  const [open, setOpen] = useState(false);
  return h(
    "span",
    { className: "share" },
    h("button", { type: "button", className, onClick: () => setOpen(true) }, children),
    open && h(Sharing, { onClose: () => setOpen(false) }),
  );
}

function Sharing({ onClose }) {
  const { number } = useParams();
  const at = `/api/v1/documents/${number}/sharing`;
  const [shared, setShared] = useState(null);
  const [problem, setProblem] = useState(null);
  const [link, setLink] = useState("");
  const [busy, setBusy] = useState(true);
  const run = async (...call) => {
    setBusy(true);
    setProblem(null);
    try {
      const answer = call.length ? await ask(...call) : null;
      setShared(await ask("GET", at));
      return answer ?? true;
    } catch (error) {
      setProblem(error);
      return null;
    } finally {
      setBusy(false);
    }
  };
  useEffect(() => {
    run();
  }, []);
  const make = async (days) => {
    const made = await run("POST", `${at}/links`, { days: Number(days) });
    if (made) setLink(made.url);
  };
  return h(
    Dialog,
    { title: "Share this document", onClose },
    h(Problem, { failure: problem }),
    shared && h("p", null, `${shared.owner} owns it. Who is in its space reads it by their role there.`),
    h(
      "div",
      { className: "sharing", "aria-busy": busy },
      shared && h(People, { at, shared, busy, run, refuse: () => setProblem(NOBODY) }),
      shared?.may_link && h(Links, { at, shared, busy, run, make, link }),
      shared && h(Badge, { markdown: shared.badge }),
    ),
    h("div", { className: "dialog-foot" }, h("button", { type: "button", onClick: onClose }, "Close")),
  );
}

function People({ at, shared, busy, run, refuse }) {
  const [round, setRound] = useState(0);
  const add = async (event) => {
    event.preventDefault();
    const form = event.currentTarget;
    const id = form.querySelector("[data-person]").dataset.id;
    if (!id) return refuse();
    if (await run("PUT", `${at}/people/${id}`, { role: form.role.value })) setRound(round + 1);
  };
  const row = ({ user_id, name, role }) =>
    h(
      "li",
      { key: user_id },
      h("span", { className: "thing-name" }, name),
      h(
        "select",
        {
          value: role,
          disabled: busy || !shared.may_invite,
          "aria-label": `What ${name} may do`,
          onChange: (event) => run("PUT", `${at}/people/${user_id}`, { role: event.target.value }),
        },
        options(ROLES),
      ),
      shared.may_invite &&
        h(
          "button",
          { type: "button", disabled: busy, "aria-label": `Remove ${name}`, onClick: () => run("DELETE", `${at}/people/${user_id}`) },
          "Remove",
        ),
    );
  return h(
    "section",
    null,
    h("h3", null, "People"),
    shared.people.length > 0 ? h("ul", { "aria-label": "Invited" }, shared.people.map(row)) : h("p", null, "Nobody is invited."),
    shared.may_invite &&
      h(
        "form",
        { key: round, className: "sharing-add", method: "dialog", "aria-label": "Invite", onSubmit: add },
        h("div", { className: "ask-field" }, h("label", { htmlFor: "sharing-person" }, "Person"), h(PersonField, { id: "sharing-person", name: "person", required: true })),
        h("div", { className: "ask-field" }, h("label", { htmlFor: "sharing-role" }, "May"), h("select", { id: "sharing-role", name: "role" }, options(ROLES))),
        h("button", { type: "submit", className: "go", disabled: busy }, "Invite"),
      ),
  );
}

function Badge({ markdown }) {
  const copy = () => navigator.clipboard?.writeText(markdown).then(() => notice("Copied."));
  const address = { className: "told-link", readOnly: true, "aria-label": "Markdown of the badge", value: markdown };
  return h(
    "section",
    null,
    h("h3", null, "Badge"),
    markdown
      ? h(
          "div",
          { className: "sharing-link" },
          h("input", { ...address, onFocus: (event) => event.target.select() }),
          h("button", { type: "button", "aria-label": "Copy the badge", onClick: copy }, "Copy"),
          h("p", null, "For a README: it shows status, revision and health as they are today."),
        )
      : h("p", null, "A badge for a README can be seen once the space is public."),
  );
}

function Links({ at, shared, busy, run, make, link }) {
  const copy = () => navigator.clipboard?.writeText(link).then(() => notice("Copied."));
  const row = ({ id, made_by, expires_at }) =>
    h(
      "li",
      { key: id },
      h("span", { className: "thing-facts" }, `By ${made_by}, ends `, h(When, { at: expires_at })),
      h("button", { type: "button", disabled: busy, "aria-label": `Revoke the link by ${made_by}`, onClick: () => run("DELETE", `${at}/links/${id}`) }, "Revoke"),
    );
  const submit = (event) => {
    event.preventDefault();
    make(event.currentTarget.days.value);
  };
  return h(
    "section",
    null,
    h("h3", null, "Links"),
    h("p", null, "Whoever has a link reads the newest text, without an account."),
    shared.links.length > 0 && h("ul", { "aria-label": "Links" }, shared.links.map(row)),
    link &&
      h(
        "div",
        { className: "sharing-link", role: "status" },
        h("input", { className: "told-link", readOnly: true, "aria-label": "New link", value: link, onFocus: (event) => event.target.select() }),
        h("button", { type: "button", onClick: copy }, "Copy"),
        h("p", null, "It is shown only now."),
      ),
    h(
      "form",
      { className: "sharing-add", method: "dialog", "aria-label": "New link", onSubmit: submit },
      h("div", { className: "ask-field" }, h("label", { htmlFor: "sharing-days" }, "Ends after"), h("select", { id: "sharing-days", name: "days", defaultValue: "14" }, options(DAYS))),
      h("button", { type: "submit", disabled: busy }, "Make a link"),
    ),
  );
}
