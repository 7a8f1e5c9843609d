"""The command line: the app, and what its commands share."""
