"""The till: goods on the left, the cart on the right, one tap each."""
