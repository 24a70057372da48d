"""Where a brief quotes somebody."""

from tools.models.offline.words import patterns as re

QUOTED = re.compile(r"[\"\u201c\u00ab]\s*([^\"\u201c\u201d\u00ab\u00bb]{2,}?)\s*[\"\u201d\u00bb]")
