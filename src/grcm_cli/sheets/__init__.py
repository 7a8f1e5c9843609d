"""Sheets of reports that parties send back, .xlsx or .csv, as one shape of table."""
