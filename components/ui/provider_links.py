"""The links that lead to identity providers, as HTML for a slot: who is configured is known when a page is served, not
when it is built. They are plain links, so they work before any script. The marks are for other buttons, too, that lead
there.
"""

import html
from collections.abc import Iterable
from urllib.parse import urlencode

from components.ui import tokens

KEY = "M15.5 2a6.5 6.5 0 0 0-6.2 8.4L2 17.7V22h4.3v-2.6h2.6v-2.6h2.6l2.1-2.1A6.5 6.5 0 1 0 15.5 2zm1.6 6.5a1.6 1.6 0 1 1 0-3.2 1.6 1.6 0 0 1 0 3.2z"  # noqa: E501 -- one shape
MARKS = {
    "google": "M12.48 10.92v3.28h7.84c-.24 1.84-.853 3.187-1.787 4.133-1.147 1.147-2.933 2.4-6.053 2.4-4.827 0-8.6-3.893-8.6-8.72s3.773-8.72 8.6-8.72c2.6 0 4.507 1.027 5.907 2.347l2.307-2.307C18.747 1.44 16.133 0 12.48 0 5.867 0 .307 5.387.307 12s5.56 12 12.173 12c3.573 0 6.267-1.173 8.373-3.36 2.16-2.16 2.84-5.213 2.84-7.667 0-.76-.053-1.467-.173-2.053H12.48z",  # noqa: E501 -- one shape
    "microsoft": "M1 1h10.5v10.5H1zM12.5 1H23v10.5H12.5zM1 12.5h10.5V23H1zM12.5 12.5H23V23H12.5z",
    "github": "M12 .297c-6.63 0-12 5.373-12 12 0 5.303 3.438 9.8 8.205 11.385.6.113.82-.258.82-.577 0-.285-.01-1.04-.015-2.04-3.338.724-4.042-1.61-4.042-1.61C4.422 18.07 3.633 17.7 3.633 17.7c-1.087-.744.084-.729.084-.729 1.205.084 1.838 1.236 1.838 1.236 1.07 1.835 2.809 1.305 3.495.998.108-.776.417-1.305.76-1.605-2.665-.3-5.466-1.332-5.466-5.93 0-1.31.465-2.38 1.235-3.22-.135-.303-.54-1.523.105-3.176 0 0 1.005-.322 3.3 1.23.96-.267 1.98-.399 3-.405 1.02.006 2.04.138 3 .405 2.28-1.552 3.285-1.23 3.285-1.23.645 1.653.24 2.873.12 3.176.765.84 1.23 1.91 1.23 3.22 0 4.61-2.805 5.625-5.475 5.92.42.36.81 1.096.81 2.22 0 1.606-.015 2.896-.015 3.286 0 .315.21.69.825.57C20.565 22.092 24 17.592 24 12.297c0-6.627-5.373-12-12-12",  # noqa: E501 -- one shape
    "gitlab": "M12 22.3 1.1 14.4a.9.9 0 0 1-.3-1L4.6 1.9a.5.5 0 0 1 .9 0L8.3 9.6h7.4l2.8-7.7a.5.5 0 0 1 .9 0l3.8 11.5a.9.9 0 0 1-.3 1z",  # noqa: E501 -- one shape
}


def provider_links(providers: Iterable[tuple[str, str]], back: str) -> str:
    """For each name and label a button-like link; `back` is where the person was going. Empty without providers."""
    query = f"?{urlencode({'next': back})}" if back else ""
    return "".join(
        f'<a class="{tokens.BUTTON} w-full" href="/auth/providers/{html.escape(name)}/start{html.escape(query)}">'
        f'<svg class="provider-mark" viewBox="0 0 24 24" aria-hidden="true"><path d="{MARKS.get(name, KEY)}"/></svg>'
        f"Continue with {html.escape(label)}</a>"
        for name, label in providers
    )
