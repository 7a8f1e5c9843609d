"""Deadlines in texts: by when something is due."""
