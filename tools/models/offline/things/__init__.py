"""Things of a story: from a noun to a picture, what they look like, and when they are seen."""
