"""What a secretariat sends: the next meeting's pack, and letters to parties. Values and texts."""
