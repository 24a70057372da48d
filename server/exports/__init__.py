"""Exports: a production's cut in another form, as a production of its own."""
