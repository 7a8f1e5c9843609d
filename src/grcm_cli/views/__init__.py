"""The content of each list: records for programs and a table for people."""
