"""Where things stand in a document: lines, labels, series of numbers, headings, items."""
