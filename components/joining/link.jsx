// A mailed link as its page sees it. The secret stands behind #, so that no server is told of it by opening the page;
// here it leaves the address bar for the memory of this tab, and is sent by forms only.
import { createContext, createElement as h, useContext, useEffect, useState } from "react";
import { PostForm } from "$/public/external/components/ui/post_form/post_form.jsx";

const Opened = createContext({});
const place = (kind) => `plumbline.link.${kind}`;
const OFFLINE = "The server could not be reached. Load the page again when the connection is back.";
const MISSING = "This page is opened by a link from a mail.";

function take(kind) {
  const token = new URLSearchParams(window.location.hash.slice(1)).get("token");
  if (token) {
    sessionStorage.setItem(place(kind), token);
    window.history.replaceState(window.history.state, "", window.location.pathname + window.location.search);
  }
  return token ?? sessionStorage.getItem(place(kind));
}

async function read(kind) {
  const token = take(kind);
  if (!token) return { problem: MISSING };
  try {
    const answer = await fetch("/auth/link", { method: "POST", body: new URLSearchParams({ token, kind }) });
    const body = await answer.json();
    return answer.ok ? { token, ...body } : { problem: body.error.message };
  } catch {
    return { problem: OFFLINE };
  }
}

/** Shows its children once the link is known to be good; otherwise why it is not, and where to get another. */
export function OpenedLink({ kind, again, words, children }) {
  const [link, setLink] = useState(null);
  useEffect(() => {
    const open = () => read(kind).then(setLink);
    open();
    window.addEventListener("hashchange", open);
    return () => window.removeEventListener("hashchange", open);
  }, [kind]);
  if (!link) return h("div", { className: "skeleton h-[120px]", "aria-busy": true });
  if (!link.problem) return h(Opened.Provider, { value: link }, children);
  return h(
    "div",
    { className: "form-error", role: "alert" },
    h("span", null, link.problem),
    again && h("a", { href: again }, words),
  );
}

/** The secret for the form around it, and with `email` whose password the form is about. */
export function LinkFields({ email }) {
  const link = useContext(Opened);
  const token = h("input", { type: "hidden", name: "token", value: link.token, readOnly: true });
  if (!email) return token;
  const id = "link-email";
  return h(
    "div",
    null,
    token,
    h("label", { htmlFor: id, className: "block text-[13px] font-medium mb-1" }, "E-mail address"),
    h("input", {
      id,
      className: "fixed-field",
      type: "email",
      value: link.email,
      readOnly: true,
      autoComplete: "username",
    }),
  );
}

/** What the link says under this name. */
export function LinkText({ name, before, after }) {
  const text = useContext(Opened)[name];
  return text ? h("span", null, before, before ? h("strong", null, text) : text, after) : null;
}

/** Its children, if whoever is here stands to the account as `standing` says. */
export function LinkIf({ standing, children }) {
  return standing === useContext(Opened).standing ? children : null;
}

/** A button for each provider through which the link can be accepted; the secret goes in the body of a POST. */
export function LinkProviders({ marks, other, button }) {
  const { token, providers } = useContext(Opened);
  const form = ({ name, label }) =>
    h(
      PostForm,
      { key: name, action: `/auth/providers/${name}/invitation`, label: `Accept with ${label}` },
      h("input", { type: "hidden", name: "token", value: token, readOnly: true }),
      h(
        "button",
        { type: "submit", className: button },
        h(
          "svg",
          { className: "provider-mark", viewBox: "0 0 24 24", "aria-hidden": true },
          h("path", { d: marks[name] ?? other }),
        ),
        `Continue with ${label}`,
      ),
    );
  return h("div", { className: "providers" }, providers.map(form));
}
