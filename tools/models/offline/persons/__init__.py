"""Who is in the story: found, named, cast, dressed, and meant by a pronoun or a common noun."""
