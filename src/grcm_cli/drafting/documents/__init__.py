"""The text of a .txt, .docx or .pdf file: its paragraphs, with the numbers that a reader sees."""
