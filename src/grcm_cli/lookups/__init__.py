"""What a word of a command or a caller names, and the errors that a run ends with."""
