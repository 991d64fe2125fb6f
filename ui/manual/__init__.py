"""The manual on the screen: contents, search, a page."""
