"""What the buyer takes home, read back as a person, a text search and a scanner would."""
