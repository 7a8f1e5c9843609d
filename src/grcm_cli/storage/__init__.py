"""Files on the disk: the data folder read and written, its git repository, the site's folder."""
