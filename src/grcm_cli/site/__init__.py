"""The register as a static site for readers without grcm: the same bytes for the same input."""
