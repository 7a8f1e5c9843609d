"""Collections of decisions and meetings in the Edoxen format → meeting files."""
