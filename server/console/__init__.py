"""The pages for people: rendered here from the public API, and from nothing else."""
