"""Files that other programs keep → meeting files and progress: the tracker of a secretariat."""
