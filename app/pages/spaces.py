"""All spaces that the reader may see."""

from app.gateway.pages import Page
from components.shell.frame import frame
from components.space.list import space_list
from state.frame import FrameState
from state.spaces import SpacesState

PAGE = Page(
    "/spaces",
    "Spaces",
    lambda: frame(space_list(), section="spaces"),
    on_load=[FrameState.load, SpacesState.load],
)
