"""The screen of orders: the board, one order, and the sheets over them."""
