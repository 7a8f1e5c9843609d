"""Read .txt, .docx and .pdf files into paragraphs."""
