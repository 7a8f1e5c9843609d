"""Meetings, mandates, parties, deadlines and tasks as values. No file is opened here."""
