"""Words for a time → deadlines as a file writes them: one grammar for texts, cells and advice."""
