"""The register as a static site for readers without grcm: the same bytes for the same input.

`page_data` has what all pages of a language share; each kind of page has a module; `pages` yields
the files in order. Templates lay out the pages. Nothing here writes a file.
"""
