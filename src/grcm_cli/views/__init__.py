"""What a list shows: tasks, meetings, matches → records for programs and a table for people."""
