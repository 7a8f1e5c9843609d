"""English sentences: which verb does what, and whom it binds."""
