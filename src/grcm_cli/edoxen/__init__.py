"""The Edoxen format of meetings and decisions: its words, its shape, its codes of languages."""
