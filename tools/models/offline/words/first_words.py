"""Words with which several sentences of a story begin: names, when no article leads them."""

from tools.models.offline.words import patterns as re

OFTEN = 2
FIRST = re.compile(r"(?:^|[.!?\u2026]\s+)([A-ZÀ-Ý][a-zà-ÿ]+)(?= [a-zà-ÿ])")


def first_words(story: str) -> set[str]:
    """`Remedios` is somebody, and no medicine."""
    opened = FIRST.findall(story)
    return {one for one in opened if opened.count(one) >= OFTEN}
