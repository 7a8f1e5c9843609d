"""The day of all pages of a language, in the one file that is another each day.

A page of which nothing else has changed stays the same, byte by byte: hosts and readers need not
fetch it again.
"""

import json

from grcm_cli.language.days import long_day
from grcm_cli.language.text import _, ngettext
from grcm_cli.site.page_data import SiteData

PATH = "day.js"


def script(site: SiteData) -> bytes:
    """Return the script with the day, and with the words for how far off a deadline is."""
    values = {
        "asOf": site.as_of.isoformat(),
        "words": long_day(site.as_of, site.language),
        "late": _("late {days}"),
        "today": _("today"),
        "ahead": _("in {days}"),
        "days": [ngettext("{count} day", "{count} days", count) for count in (1, 2)],
    }
    return f"const siteDay = {json.dumps(values)};\n".encode()
