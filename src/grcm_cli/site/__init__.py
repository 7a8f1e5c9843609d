"""The register as a static site: pages for people without grcm, the same bytes for the same input.

`book` is what all pages of one language are made from; each kind of page has a file; `pages` puts
them in order. Templates say how a page looks, nothing here writes a file.
"""
