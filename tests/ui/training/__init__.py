"""Training on the screen."""
