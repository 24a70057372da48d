"""Lines become shots: their sizes, who stands where, and the description of what is drawn."""
