"""Files for people without grcm: calendar, workbook, database."""
