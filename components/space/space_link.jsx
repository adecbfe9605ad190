// A link within the space that the address names. The build renders it for the parameter `shell`; the server puts the
// real key in its place.
import { createElement as h } from "react";
import { Link, useParams } from "react-router";

export function SpaceLink({ path, current, className, children }) {
  const { key } = useParams();
  return h(
    Link,
    { to: `/s/${key}${path ?? ""}`, className, "aria-current": current ? "page" : undefined },
    children,
  );
}
