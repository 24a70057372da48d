"""Facts in their order, and the words in which the narrator and the people tell them."""
