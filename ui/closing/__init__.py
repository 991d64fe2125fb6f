"""The page that closes a shift: count, compare, report; and cash in and out."""
