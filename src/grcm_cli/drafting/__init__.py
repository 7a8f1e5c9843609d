"""From an adopted document to the draft of a meeting file."""
