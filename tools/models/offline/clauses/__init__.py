"""Clause reading: what a brief says, sentence by sentence, in English, Spanish and Brazilian Portuguese.

Rules and word banks, no model. A sentence is cut only where both sides can stand alone,
and what cannot be read stays a whole sentence: nothing is ever garbled.
"""
