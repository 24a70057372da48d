"""What each pose asks of hands: which are busy, which show what they hold, and with what one plays."""

BUSY = frozenset((
    "phone_to_ear", "writing", "reading", "knocking", "pushing", "pulling", "working", "stirring", "driving",
    "covering_mouth", "head_in_hands", "hugging", "arms_open", "clenched_fist", "waving", "sitting",
    "kneeling", "drinking", "eating", "tearing", "opening", "shaking_hands", "dancing", "kissing", "running",
    "riding", "falling", "lying", "sleeping", "leaving", "playing", "reaching_up", "dressing",
    "touching", "listening",
))  # fmt: skip
"""Gestures in which a hand has something else to do than to show what it holds."""
EMPTY_HANDED = frozenset(("holding", "reaching_out", "giving", "carrying"))
"""Gestures that say nothing without a thing in the hand."""
IN_HAND = frozenset(("holding", "giving", "carrying", "playing", "reaching_up"))
"""Gestures that show what is held."""
INSTRUMENTS = frozenset((
    "accordion", "banjo", "flute", "guitar", "harmonica", "violin", "trumpet", "saxophone", "cello", "harp",
    "drum", "tambourine", "ukulele", "clarinet",
))  # fmt: skip
"""What somebody can be seen to play with it in their hands."""
LOW = frozenset(("torch", "candle", "match", "lighter", "cigarette", "phone", "radio", "box", "television"))
"""What is lit or switched off before the body, not above the head."""
HANDLING = frozenset(("kneeling", "pulling"))
"""Gestures that give way to the very thing which these words put into the hand."""
POINTED = frozenset(("pointing", "raised_hand"))
"""Gestures that the words of a clause ask for, whatever is in the other hand."""
TOGETHER = frozenset(("hugging", "kissing", "dancing", "shaking_hands"))
"""Gestures of two."""
TOWARDS = frozenset(("reaching_out", "pointing", "raised_hand", "hugging", "whispering", "waving"))
"""Gestures that are meant for somebody."""
