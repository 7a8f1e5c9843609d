"""YAML text → meetings, parties, progress and findings. No file is opened here."""
