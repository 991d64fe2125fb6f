"""Handing documents over and taking the office's cards home, as a person sees it."""
