"""The goods of the exhibition: what is for sale, at which price, from whose sheet, with which labels."""
