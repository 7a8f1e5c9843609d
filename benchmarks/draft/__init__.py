"""Documents for measuring `grcm draft`, and the script that measures."""
