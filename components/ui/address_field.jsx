// Hidden fields that carry parts of the address into a form.
import { createElement as h, useEffect, useState } from "react";

export function AddressField({ name }) {
  const [value, setValue] = useState("");
  useEffect(() => setValue(new URLSearchParams(window.location.search).get(name) ?? ""), [name]);
  return h("input", { type: "hidden", name, value, readOnly: true });
}
