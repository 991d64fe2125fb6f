"""Reports, asked of real books."""
