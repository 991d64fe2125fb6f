"""Makes the packages by which Lapak comes to people who have nothing: see package.py."""
