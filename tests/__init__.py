"""Everything that shows the till to be right; it mirrors pos/ and ui/."""
