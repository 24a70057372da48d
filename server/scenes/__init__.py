"""The scenes of a production on a board, and what of them is locked."""
