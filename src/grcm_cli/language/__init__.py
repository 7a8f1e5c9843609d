"""Words of the four languages: days, verbs, duties, deadlines; text as it is shown."""
