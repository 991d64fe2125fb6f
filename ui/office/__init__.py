"""The program of the regional office: the same windows over the books of all booths. Nothing is sold here."""
