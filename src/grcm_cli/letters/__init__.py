"""What a secretariat sends: the next meeting's pack, and reminders to parties."""
