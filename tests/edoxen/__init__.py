"""Collections of the Edoxen format."""
