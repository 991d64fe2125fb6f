"""The board "one day, one product": every institution against every day."""
