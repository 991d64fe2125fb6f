"""The stock screen: goods come in, are counted, and go back to their institutions."""
