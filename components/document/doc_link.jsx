// A link within the document that the address names. The build renders it for the parameter `shell`; the server puts
// the real number in its place.
import { createElement as h } from "react";
import { Link, useParams } from "react-router";

export function DocLink({ path, current, reload, className, children }) {
  const { number } = useParams();
  return h(
    Link,
    {
      to: `/d/${number}${path ?? ""}`,
      className,
      reloadDocument: Boolean(reload),
      "aria-current": current ? "page" : undefined,
    },
    children,
  );
}
