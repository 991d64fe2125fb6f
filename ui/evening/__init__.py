"""The report of the evening on the screen: copied for a chat, changed, as paper; and the reminder by day."""
