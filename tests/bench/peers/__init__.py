"""Lapak beside other tills: the same sales, the same export, the same kill, in turns."""
