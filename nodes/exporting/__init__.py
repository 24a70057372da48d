"""An export: a cut of a film that is there already, in the form that was wished for."""
