"""The layout of a document: lines, headings, numbers, sections, and the outline of all."""
