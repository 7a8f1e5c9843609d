"""How findings are shown, one file each, whose `render` returns text."""
