"""What makes other files from the manual."""
