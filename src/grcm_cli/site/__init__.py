"""The register as a static site for readers without grcm: the same bytes for the same input.

`pages` yields the files. `draft_page` is no part of the site: it shows a draft beside its document.
Nothing here writes a file.
"""
