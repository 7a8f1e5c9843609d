"""Files on the disk: what is read, what is written, and what git knows of them."""
