"""Links between the pages of one document."""

import reflex as rx


class DocLink(rx.Component):
    """`path` follows `/d/{number}`; `reload` loads the page as a document of its own."""

    library = rx.asset("doc_link.jsx", shared=True).importable_path
    tag = "DocLink"
    lib_dependencies: list[str] = []
    path: rx.Var[str]
    current: rx.Var[bool]
    reload: rx.Var[bool]


doc_link = DocLink.create
