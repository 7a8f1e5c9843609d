"""Workbooks and CSV files as one shape of table, of the kinds that are read."""
