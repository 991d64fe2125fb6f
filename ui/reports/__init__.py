"""The page of reports: figures, charts, and any report as a table."""
