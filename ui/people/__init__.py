"""Who is at the till: signing in, PINs, initials."""
