"""What the buyer takes home: the slip, and its forms on paper, on the screen and as text."""
