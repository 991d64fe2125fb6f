"""The screen: Qt widgets over the verbs of `pos`. It computes no money and writes no SQL."""
