"""Words of Spanish and English: days, verbs, duties, deadlines."""
