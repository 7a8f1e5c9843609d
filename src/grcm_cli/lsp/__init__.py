"""The language server of `grcm lsp`: what an editor shows of a record while somebody writes it."""
