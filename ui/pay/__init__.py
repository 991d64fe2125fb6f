"""Paying: the sheet over the goods, and a page for each way to pay."""
