"""Which capitals are somebody: a name on the map, of a house, a day or an animal is nobody."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from state.script import Language
from tools.models.offline.brief.aside import all_quotes, header_end, is_dated
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.persons.animals import animals_in
from tools.models.offline.persons.evidence import AGED, is_aged, is_apposed
from tools.models.offline.persons.named_things import MELTED, bearers_before, named_things
from tools.models.offline.persons.trades import trade_in, trade_nouns
from tools.models.offline.persons.wares import wares
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import FOLDER, Table, bank, shared
from tools.models.offline.words.names import HONOURS, SHORTENED, is_given_name, sex_of_name

CAPITAL = r"[A-ZÁÉÍÓÚÂÊÔÃÕÀÇÑÜ]"
PART = rf"{CAPITAL}[\w\u2019'-]*"
PARTICLE = r"(?:of the|of|de las|de los|de la|del|de|das|dos|da|do|d['\u2019])"
RUN = re.compile(rf"(?<![\w\u2019'-]){PART}(?:(?:{SHORTENED})? (?:{PARTICLE} )?{PART})*")
STARTS = re.compile(r"(?:^|[.!?…:\n\"“”«—\u2013(¿¡])\s*(?:[-*•·]\s+)?[\"“«¿¡(]?$")
GENITIVE = re.compile(r"['\u2019]s$")
NAMING = "called|named|nicknamed|as|llamad[oa]|apodad[oa]|nombre|chamad[oa]|apelidad[oa]|nome|como"
"""Before quotation marks: a name stands between them."""
FAMILY = ("familia", "família", "family", "clan", "clã", "apellido", "sobrenome", "surname")
PAIR, SHORT = 2, 3
CALLING_ENDS = ("ist", "man", "woman", "ian", "ess", "smith", "maker")
"""How English callings end that no adjective ends like."""
LOWER = re.compile(r"(?<![\w'\u2019-])[a-zà-ÿ][\w-]*")


@dataclass(frozen=True)
class Run:
    """Capitalised words that stand together, particles between them."""

    text: str
    start: int
    end: int

    @property
    def words(self) -> tuple[str, ...]:
        """The capitalised words, without genitives."""
        return tuple(GENITIVE.sub("", one.rstrip(".")) for one in self.text.split() if one[0].isupper())

    @property
    def plain(self) -> str:
        """In lower case, as tables write it."""
        return GENITIVE.sub("", self.text.lower().replace(".", ""))

    @property
    def joined(self) -> bool:
        """Whether a particle stands inside: `Mar del Plata`."""
        return len(self.text.split()) > len(self.words)


@lru_cache(maxsize=256)
def masked(text: str, language: Language) -> str:
    """The text with every capital that is nobody made small; the same length."""
    judge = _Judge(text, language)
    letters = list(text)
    for run in judge.nobodies():
        letters[run.start : run.end] = text[run.start : run.end].lower()
    return "".join(letters)


@lru_cache(maxsize=4)
def _lexicon(language: Language) -> frozenset[str]:
    """Every word that our banks write small: no name begins a sentence with one of them."""
    found: set[str] = set()
    for path in sorted((FOLDER / language).glob("*.toml")):
        found |= set(LOWER.findall(path.read_text(encoding="utf-8")))
    return frozenset(found)


def is_common(word: str, language: Language) -> bool:
    """Whether a capital may be a plain noun: `Biscuit`."""
    common = bank(language)["people"]["common"].split()
    return not is_given_name(word) and (word.lower() in _lexicon(language) or word.lower() in common)


@lru_cache(maxsize=1)
def _map() -> tuple[frozenset[str], frozenset[str]]:
    table = shared("places_known")
    names = [one.strip() for one in f"{table['world']};{table['cities']}".split(";")]
    return frozenset(one for one in names if one), frozenset(table["ambiguous"].split())


class _Judge:
    """Says of each run of capitals whether it is nobody."""

    def __init__(self, text: str, language: Language) -> None:
        self.text, self.language = text, language
        tables = bank(language)
        self.words: Table = tables["people"]
        self.reading: Table = tables["reading"]
        self.people = {
            w for one in ("kin", "sexes", "ages") for v in self.words[one].values() for w in v.split()
        }
        self.people |= {
            word
            for one in ("women", "men", "persons", "uniforms", "suits")
            for word in self.reading[one]["words"]
        }
        # Articles and pronouns stand among the words that tell a sex.
        self.people -= grammar_of(language).determiners | set(self.reading["pronouns"])
        self.titles = {title.lower() for title in self.reading["titles"]}
        self.small = set(LOWER.findall(text))
        self.pets = self._called(one.name for one in animals_in(text, language) if one.name)
        self.wares = wares(text, language) | self._called(named_things(text, language))
        self.quoted, self.header = all_quotes(text), header_end(text, language)

    def _called(self, names: Iterable[str]) -> set[str]:
        """The words of names, but for `Captain` of Captain Whiskers: there may be another captain."""
        ranks = self.titles | set(self.words["ranks"].split())
        told = [(name, [one for one in name.split() if one.lower() not in ranks]) for name in names]
        return {word for name, words in told for word in words or name.split()[-1:]}

    def nobodies(self) -> list[Run]:
        """The runs that name no person, in their order."""
        found: list[Run] = []
        for run in self._runs():
            if self._is_nobody(run, found[-1] if found else None):
                found.append(run)
        return found

    def _runs(self) -> list[Run]:
        runs: list[Run] = []
        for match in RUN.finditer(self.text):
            runs += self._split(Run(match.group(), match.start(), match.end()))
        return runs

    def _split(self, run: Run) -> list[Run]:
        """A calling or a function word before a name stands alone, and so does a person before a place."""
        first = run.words[0]
        if len(run.words) > 1 and self._is_no_part(first, run):
            at = len(run.text.split()[0]) + 1
            rest = re.search(CAPITAL, run.text[at:])
            cut = at + (rest.start() if rest else 0)
            return [
                Run(first, run.start, run.start + len(first)),
                *self._split(Run(run.text[cut:], run.start + cut, run.end)),
            ]
        if run.joined and self._names(first) and not self._on_map(run) and not self._is_institution(run):
            particle = re.search(rf" {PARTICLE} (?={CAPITAL})", run.text)
            if particle:
                place = Run(run.text[particle.end() :], run.start + particle.end(), run.end)
                return [Run(run.text[: particle.start()], run.start, run.start + particle.start()), place]
        return [run]

    def _is_no_part(self, word: str, run: Run) -> bool:
        lower = word.lower()
        if not self._opens(run) or self._names(word) or self._on_map(run) or self._is_institution(run):
            return lower in self.people and lower not in self._heads() and not self._names(word)
        if lower in self.words["ranks"].split() or lower in self.words["kin"]["names"].lower().split():
            # `Chief Okonkwo`, `Mama Sade`: it is called so.
            return False
        return lower in self.reading["stop"] or lower in self._small_words()

    def _small_words(self) -> frozenset[str]:
        return _lexicon(self.language) | frozenset(self.words["common"].split())

    def _heads(self) -> list[str]:
        return list(self.words["heads"].split())

    def _names(self, word: str) -> bool:
        return is_given_name(word) or word.lower() in self.titles

    def _opens(self, run: Run) -> bool:
        return STARTS.search(self.text[: run.start]) is not None

    def _on_map(self, run: Run) -> bool:
        return run.plain in _map()[0]

    def _is_institution(self, run: Run) -> bool:
        if len(run.words) < 2:
            return False
        heads = self._heads()
        if self.language == "en":
            person = is_given_name(run.words[0]) and len(run.words) == 2 and not run.joined
            placed = re.search(r"(?:\bthe|\bon|\bin|\bat|\bto|\bfrom|\bof|\bnear) $", self.text[: run.start])
            return run.words[-1].lower() in heads and (not person or placed is not None)
        return run.words[0].lower() in heads or run.words[0].lower() in ("san", "santa", "são", "santo")

    def _before(self, run: Run) -> list[str]:
        return [
            one.lower()
            for one in re.findall(r"[\w\u2019'-]+|[.,;:!?]", self.text[max(0, run.start - 60) : run.start])
        ]

    def _is_nobody(self, run: Run, last: Run | None) -> bool:
        if (self.pets | self.wares) & set(run.words) or self._is_only_quoted(run) or self._is_of_header(run):
            return True
        if len(run.words) == 1 and AGED.match(self.text, run.end) and not self._on_map(run):
            return False
        before = self._before(run)
        if self._is_titled(run, before):
            return False
        if run.plain in self.words["kin"]["names"].split():
            # `onto Grandma` is no place, `the Dad` no name.
            return bool(before) and before[-1] in self.reading["articles"]
        return (
            self._is_institution(run)
            or self._is_told_place(run)
            or self._is_alias(run)
            or self._is_of_origin(run)
            or self._is_many(run, before)
            or self._is_family(run, before)
            or self._is_time(run, before)
            or self._is_mapped(run, before, last)
            or self._is_called_place(run, before)
            or self._is_river_or_feast(run, before)
            or self._is_where(run, before)
            or self._is_placed(run, before)
            or self._is_common(run, before)
            or self._is_shouted(run, before)
            or self._is_noun_with_article(run, before)
        )

    def _is_titled(self, run: Run, before: list[str]) -> bool:
        """`el Dr. Sosa`, `Sargento Ruano`, `the widow Sen`; `Clínica Dr. Sosa` is a place."""
        titles = self.titles | HONOURS | set(self.words["ranks"].split())
        led = before[-1] if before else ""
        if led in titles:
            return True
        place = led in self.words["place_nouns"].split() or led in self._heads()
        place = place or (len(run.words) > PAIR and self._is_institution(run))
        return len(run.words) > 1 and run.words[0].lower() in titles and not place

    def _is_told_place(self, run: Run) -> bool:
        """`Valdecierzo tiene diecinueve habitantes`, `Sallow, a village of nine roofs`."""
        if is_given_name(run.words[0]) and (len(run.words) < PAIR or not run.joined):
            return False
        told = GENITIVE.sub("", run.text)
        could = [one for one in self.words["told_places"] if re.could_fit(one, self.text)]
        patterns = [one.replace("{name}", re.escape(told)) for one in could]
        return any(re.search(rf"(?<![\w-])(?:{one})(?![\w-])", self.text) for one in patterns)

    def _is_alias(self, run: Run) -> bool:
        """`says she is a boy called Sam`: by what somebody else goes who is there already."""
        led = rf"(?<!\w)(?:{self.words['alias']}) "
        name = re.escape(GENITIVE.sub("", run.text))
        return re.search(led, self.text) is not None and (
            re.search(rf"{led}{name}(?!\w)", self.text) is not None
        )

    def _is_of_origin(self, run: Run) -> bool:
        """`a quiet Calabrian glove-cutter`, and `the Calabrian` after it: where somebody comes from."""
        if self.language != "en" or is_given_name(run.words[0]) or len(run.words) > 1:
            return False
        word = re.escape(run.words[0])
        found = re.finditer(rf"(?<!\w)[Aa]n? ((?:[a-z-]+,? ){{0,2}}){word}(?= [a-z]|[,.;])", self.text)
        return any(self._all_kinds(one.group(1)) for one in found)

    def _all_kinds(self, words: str) -> bool:
        """Whether words before a capital only say what kind: `quiet`, and no `surgeon`, no `boy called`."""
        grammar, trades = grammar_of(self.language), trade_nouns(self.language)
        small = (
            grammar.words["prepositions"] | grammar.words["coordinators"] | {"called", "named", "nicknamed"}
        )
        plain = (word.strip(",") for word in words.split())
        return not any(
            word in self.people or word in trades or word in small or word.endswith(CALLING_ENDS)
            for word in plain
        )

    def _is_many(self, run: Run, before: list[str]) -> bool:
        """`both DJs`, `los dos Bravos`: several people, none of them called so."""
        word = run.words[-1]
        if not word.endswith("s") or is_given_name(word):
            return False
        return word[:-1].isupper() or bool(before and before[-1] in self.words["many"].split())

    def _is_elsewhere(self, run: Run, spans: tuple[tuple[int, int], ...]) -> bool:
        """Whether the name stands outside of these stretches too."""
        uses = re.finditer(rf"(?<!\w){re.escape(run.words[0])}(?!\w)", self.text)
        return any(not any(start <= use.start() < end for start, end in spans) for use in uses)

    def _is_only_quoted(self, run: Run) -> bool:
        """`"Costure de volta"`: who is named only by somebody who speaks is not there."""
        inside = [start for start, end in self.quoted if start <= run.start < end]
        called = any(re.search(rf"(?<!\w)(?:{NAMING}) $", self.text[:start]) for start in inside)
        return bool(inside) and not called and not self._is_elsewhere(run, self.quoted)

    def _is_of_header(self, run: Run) -> bool:
        """`Leeds, March 1937.`: where and when, and nobody; a first name only where a date stands."""
        if run.start >= self.header:
            return False
        header = self.text[: self.header]
        if is_given_name(run.words[0]) or self._says_who(header):
            placed = is_dated(header, self.language) or self._is_listed(run, header)
            return placed and not self._is_elsewhere(run, ((0, self.header),))
        return True

    def _is_listed(self, run: Run, header: str) -> bool:
        """`Moses Lake, Washington.`: what stands before a name on the map lies there."""
        after = re.match(rf", ({PART}(?: {PART})*)(?=[.,;])", header[run.end :])
        return after is not None and after.group(1).lower() in _map()[0] and not self._says_who(header)

    def _says_who(self, header: str) -> bool:
        """`Ikaika, locksmith, 40`: the first words are on somebody after all."""
        said = {one.lower() for one in re.findall(r"[^\W\d_]+", header)}
        return bool(said & self.people) or bool(trade_in(header, self.language))

    def _is_river_or_feast(self, run: Run, before: list[str]) -> bool:
        """`cruza el Magdalena`, `la víspera de la Candelaria`, `Niños Dios`: things with a first name."""
        first, last = run.words[0].lower(), before[-1] if before else ""
        sex = sex_of_name(first)
        articles = {"el": "man", "o": "man", "la": "woman"} if self.language != "en" else {}
        if sex and articles.get(last, sex) != sex and len(run.words) == 1:
            return not (len(before) > 1 and before[-2] in self.people)
        feast = self.words["feasts"]
        if re.search(rf"(?<!\w)(?:{feast})(?: \w+)? $", self.text[: run.start], re.IGNORECASE):
            return True
        many = first.endswith("s") and first.removesuffix("s") in self.people
        return many and not is_given_name(first)

    def _is_family(self, run: Run, before: list[str]) -> bool:
        """`el matrimonio Bianchi`, `os irmãos Nakamura`: two people, none of them called so."""
        couples = self.words["groups"]["couple"].split("|")
        last = before[-1] if before else ""
        many = last.endswith("s") and last.removesuffix("s") in self.people
        return (last in couples or many or last in FAMILY) and not is_given_name(run.words[0])

    def _is_time(self, run: Run, before: list[str]) -> bool:
        """Days, tongues and feasts; `in June` is no June."""
        word = run.plain
        if word not in self.words["not_names"].split():
            return False
        dated = before[-1:] and before[-1] in (
            "in",
            "last",
            "next",
            "every",
            "each",
            "since",
            "by",
            "en",
            "de",
            "em",
            "of",
            "until",
        )
        return not is_given_name(word) or bool(dated)

    def _is_mapped(self, run: Run, before: list[str], last: Run | None) -> bool:
        """On the map; a word that is a first name too only where all the text treats it as a place."""
        known, ambiguous = _map()
        listed = self._follows(run, last)
        if run.plain in ambiguous and (is_given_name(run.plain) or len(run.words) == 1):
            return (listed and self._is_led_to(last)) or self._only_a_place(run, known)
        if run.plain in known:
            return True
        return listed and not is_given_name(run.words[0])

    def _follows(self, run: Run, last: Run | None) -> bool:
        """`in Vilhena, Rondônia`: what is listed after a place is one."""
        near = last is not None and self.text[last.end : run.start] == ", " and not self._opens(last)
        return (
            near
            and self.text[run.end : run.end + 1] in ",.;:"
            and last is not None
            and not self.pets & set(last.words)
        )

    def _is_led_to(self, place: Run | None) -> bool:
        """`in Tbilisi, Georgia, a mechanic`: what is listed behind where somebody is lies there."""
        leads = "|".join(self.words["in_place"])
        before = self.text[: place.start] if place else ""
        return re.search(rf"(?<!\w)(?:{leads}) $", before, re.IGNORECASE) is not None

    def _only_a_place(self, run: Run, known: frozenset[str]) -> bool:
        name = re.escape(run.text)
        uses = list(re.finditer(rf"(?<![\w-]){name}(?![\w-])", self.text))
        return all(self._looks_placed(use.start(), use.end(), known) for use in uses)

    def _looks_placed(self, start: int, end: int, known: frozenset[str]) -> bool:
        before = self.text[:start]
        after = self.text[end:]
        places = "|".join([*self.words["in_place"], *self.words["of_place"]])
        if re.search(rf"(?<!\w)(?:{places}) $", before, re.IGNORECASE):
            owner = re.search(r"([\w-]+) (?:of|de|del|do|da) $", before, re.IGNORECASE)
            return not (owner and owner.group(1).lower() in self.people)
        if STARTS.search(before):
            named = re.match(rf", (?:\d|({PART}(?: {PART})*))", after)
            return after[:1] == "." or bool(named and (not named.group(1) or named.group(1).lower() in known))
        return before.endswith(", ") and after[:1] in ".,;:" and not re.match(r", [a-z]", after)

    def _is_called_place(self, run: Run, before: list[str]) -> bool:
        """`ascensor Reina Victoria`, `the ferry Aurora`, `hospital de Zorblax`, `Rotterdam docks`."""
        nouns = set(self.words["place_nouns"].split()) | set(self.words.get("ships", "").split())
        after = re.match(r" ([a-zà-ÿ]+)", self.text[run.end :])
        given = is_given_name(run.words[0])
        if (
            self.language == "en"
            and not given
            and after
            and after.group(1) in self.words["place_nouns"].split()
        ):
            return not run.text.endswith(("'s", "\u2019s"))
        if not before:
            return False
        if not given and self._of_noun(before, nouns):
            return True
        if not given and before[-1] in bearers_before(self.language):
            return not is_apposed(run.text, self.text, self.language)
        driven = before[-2:-1] == ["de"] and before[-3:-2] and before[-3] in self.people
        return before[-1] in nouns and not driven

    def _of_noun(self, before: list[str], nouns: set[str]) -> bool:
        of = ("of", "de", "del", "do", "da", "dos", "das")
        named = before[-1] in ("called", "named", "llamado", "llamada", "chamado", "chamada")
        return len(before) > 1 and (before[-1] in of or named) and before[-2] in nouns

    def _is_where(self, run: Run, before: list[str]) -> bool:
        """`at a dry cleaner's in Jackson Heights`: two names, and nothing but where something is."""
        if len(run.words) < PAIR or GENITIVE.search(run.text) or run.joined:
            return False
        led, trusting = self.words["led_to"].split(), self.words["trusting"].split()
        if not before or before[-1] not in led or (before[-2:-1] and before[-2] in trusting):
            return False
        name, leads = re.escape(run.words[0]), "|".join(led)
        uses = re.finditer(rf"(?<!\w){name}(?!\w)", self.text)
        return all(
            re.search(rf"(?<!\w)(?:{leads}) $", self.text[: one.start()], re.IGNORECASE) for one in uses
        )

    def _is_placed(self, run: Run, before: list[str]) -> bool:
        """After `in` or `from` stands a place unless we know the name; `the Titanic` is a thing."""
        last = before[-1] if before else ""
        given = is_given_name(run.words[0])
        if self.language == "es" and last in ("el", "la") and not given:
            return not self._is_somebody_apposed(run)
        if self.language == "en" and last == "the":
            return not given or len(run.words) == 1
        if given or run.words[0].lower() in self.titles:
            return False
        if run.joined and last not in self.people:
            return True
        if last in self.words["in_place"]:
            return True
        kin = before[-2] in self.people if len(before) > 1 else False
        of = last in self.words["of_place"] and not (
            last in ("a", "al", "to", "for", "para", "ao", "à") and kin
        )
        return of and not kin and not self._acts_elsewhere(run)

    def _is_somebody_apposed(self, run: Run) -> bool:
        """`La Güera, contrabandista retirada,`: what somebody is stands beside a nickname."""
        if re.search(r"(?<!\w)(?:en|desde|hacia) $", self.text[: max(0, run.start - 3)], re.IGNORECASE):
            return False
        beside = re.match(r",? (?:(?:un|una|el|la|su) )?([^\W\d_]+)", self.text[run.end :])
        word = beside.group(1) if beside else ""
        return word in trade_nouns(self.language) or word in self.people

    def _acts_elsewhere(self, run: Run) -> bool:
        """Whether the name opens a clause of its own somewhere: then it is somebody everywhere."""
        return re.search(rf"(?:[.;:,!?]|and|y|e) {re.escape(run.words[0])} [a-z]", self.text) is not None

    def _is_common(self, run: Run, before: list[str]) -> bool:
        """A plain noun with the capital of its sentence; no name that has an age somewhere."""
        word = run.plain
        if is_aged(run.text, self.text) or is_apposed(run.text, self.text, self.language):
            return False
        if len(run.words) > 1 or is_given_name(word) or word in self.titles:
            return False
        if before and before[-1] in self.people and not self._opens(run):
            return False
        if word in self.small:
            return True
        return self._opens(run) and word in self._small_words() and word not in self.people

    def _is_shouted(self, run: Run, before: list[str]) -> bool:
        """`GET OFF`, `su RUT`: two or three letters all great are somebody's only where words say so."""
        word = run.words[0]
        if len(run.words) > 1 or not word.isupper() or len(word) > SHORT:
            return False
        if is_given_name(word):
            return bool(before) and before[-1] in {*self.reading["articles"], "of", "de", "del", "do", "da"}
        # `TJ, the driver,`
        beside = re.match(r",? \(?(?:the |an? |el |la |una? |o |uma? )?[a-zà-ÿ ]+", self.text[run.end :])
        return beside is None or not trade_in(beside[0].strip(" ,("), self.language)

    def _is_noun_with_article(self, run: Run, before: list[str]) -> bool:
        """`vence o Dragão`: in Portuguese names have articles, and a family name may be an axe."""
        if self.language != "pt-BR" or len(run.words) > 1 or is_given_name(run.words[0]):
            return False
        led = before[-1] if before else ""
        noun = led in MELTED["pt-BR"].split("|") and run.plain in self.words["common"].split()
        return noun and run.plain not in self.people and not self._is_somebody_apposed(run)
