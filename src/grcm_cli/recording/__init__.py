"""What parties report → entries of their progress files, checked before one is written."""
