"""The page about the site: whose it is, how it counts, what its words mean, whom to write to."""

import re
from collections.abc import Mapping

from markupsafe import Markup

from grcm_cli.language.markdown import to_html
from grcm_cli.site.page_data import SiteData
from grcm_cli.views import labels


def values(site: SiteData) -> Mapping[str, object]:
    """Return the values of the page: of the register, and of the Markdown file beside it."""
    return {
        "secretariat": site.register.process.secretariat,
        "own_text": _below_title(site.about) if site.about else "",
        "states": [labels.state(key) for key in labels.STATES],
    }


def _below_title(markdown: str) -> Markup:
    """Return a Markdown text as HTML without pictures, its headings below the page's own."""
    text = re.sub(r"<img [^>]*>", "", to_html(markdown))
    text = re.sub(r"<(/?)h([1-5])>", lambda tag: f"<{tag[1]}h{int(tag[2]) + 1}>", text)
    return Markup(text)  # noqa: S704 - all HTML of the text is escaped
