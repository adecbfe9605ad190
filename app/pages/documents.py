"""All documents that the reader may see, newest change first, 25 a page."""

from app.gateway.pages import Page
from components.catalogue import catalogue
from components.shell.frame import frame
from state.documents import DocumentsState
from state.frame import FrameState

PAGE = Page(
    "/documents",
    "Documents",
    lambda: frame(catalogue(), section="documents"),
    on_load=[FrameState.load, DocumentsState.load],
)
