"""Reflex's configuration: quiet, no downloads of its own, one port, and the changes to its build that we need."""

from importlib import import_module

import reflex as rx
from reflex.plugins import SitemapPlugin, TailwindV4Plugin

from app.core.settings import settings
from app.gateway.frontend import BuildPlugin
from app.gateway.pages import pages_in
from components.ui.tokens import TAILWIND


def shells() -> list[str]:
    """Imported only when asked: pages define State classes, which need this configuration to exist."""
    return [page.shell for page in pages_in(import_module("app.pages"))]


config = rx.Config(
    app_name="app",
    telemetry_enabled=False,
    show_built_with_reflex=False,
    frontend_compression_formats=["brotli", "gzip"],
    frontend_lazy_bundled_libraries=True,
    redis_url=settings().redis_url or None,
    cors_allowed_origins=[settings().public_url],
    plugins=[TailwindV4Plugin(config=TAILWIND), BuildPlugin(shells)],
    disable_plugins=[SitemapPlugin],
)
