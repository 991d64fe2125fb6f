"""The assistant of the first start, pressed by hands."""
