"""The buyer's screen: a second window on a second display. It is given data and asks for nothing."""
