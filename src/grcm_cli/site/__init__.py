"""The register as a static site for readers without grcm: the same bytes for the same input.

`page_data` has what all pages share; each kind of page has a module; `pages` yields
the files in order. `draft_page` is no part of the site: one page that shows a draft beside its
document. Templates lay out the pages. Nothing here writes a file.
"""
