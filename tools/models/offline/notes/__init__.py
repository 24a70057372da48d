"""A person's note on a shot, read and carried out."""
