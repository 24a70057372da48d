"""Who is in a story although they are missing, and who is not although they are named."""

from tools.models.offline.brief.aside import unquoted
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import Table, bank


def found_again(name: str, text: str, words: Table) -> bool:
    """`Ed is missing. Joan finds Ed in the cellar`: unless it is his body, he is in the story."""
    finding = bank(words["language"])["people"]["gone"]["found_again"]
    found = re.search(
        rf"(?<!\w)(?:{finding}) (?:a |al |o |a )?{re.escape(name)}(?!['\u2019\w])(?P<how>[^.;!?]*)",
        unquoted(text),
    )
    return found is not None and re.search(r"(?<!\w)(?:dead|muert|mort)", found["how"]) is None


def plays_a_part(name: str, text: str, words: Table) -> bool:
    """`He is pushed on stage as Joseph`: wherever the name stands, somebody plays it."""
    played = bank(words["language"])["people"]["parts"]["played"].rstrip(" ?")
    every = list(re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text))
    verbs = grammar_of(words["language"]).verbs.finite

    def is_played(found: re.Match[str]) -> bool:
        follows = re.match(r" ([a-zà-ÿ]+)", text[found.end() :])
        does = follows is not None and follows[1] in verbs
        return not does and re.search(rf"(?<!\w){played} ?$", text[: found.start()]) is not None

    return bool(every) and all(is_played(one) for one in every)
