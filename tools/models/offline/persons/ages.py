"""How old somebody is: as a number says, as a word for a stage of life does, or as the family makes it."""

from functools import lru_cache

from state.script import Age, Language
from tools.models.offline.brief.casting_notes import gone_on_about, noted_of
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import Table, bank
from tools.models.offline.words.behind import names_in_any_case

GROWN, OLD, FIRST_JOB = 13, 60, 20
OF_AGE = 30
GREYING = 56
GENERATION = 28
STAGES = {"child": 9, "teen": 16, "young": 24, "elder": 70}
REACH = 40
LONG_CAREER = 15


def stage_of(years: int) -> Age:
    """What is drawn for so many years."""
    if years < GROWN:
        return "child"
    return "young" if years < FIRST_JOB + 9 else ("adult" if years < OLD else "elder")


def told_years(name: str, role: str, text: str, language: Language) -> int | None:
    """The years that role or text give somebody; None when neither does."""
    words = bank(language)["people"]
    plain = in_digits(text, language)
    noted = noted_of(name, plain)
    stated = (
        _in_role(in_digits(role, language), words)
        or _beside(name, plain, words)
        or next(filter(None, (_in_role(one, words) for one in noted)), None)
        or _decade(", ".join([role, *noted]), words)
        or _further(name, plain, words)
        or _decade(_apposed(name, plain), words)
    )
    if stated:
        return stated
    if _is_of_age(name, plain, words):
        return OF_AGE
    stage = _stage(role, words)
    worked = _career(name, role, plain, words)
    if stage and not (stage == STAGES["young"] and worked):
        return stage
    return STAGES["elder"] if _is_frail(name, text, words) else worked


def _is_of_age(name: str, text: str, words: Table) -> bool:
    """`Their grown daughter Kirsty`, `Lía, su hija adulta`: no child, whoever her parents are."""
    said = "|".join(map(re.escape, words["grown_up"]["words"].split()))
    called = rf"(?<!\w){re.escape(name)}(?!\w)"
    before = rf"(?<!\w)(?:{said}) [^\W\d_]+,? {called}|(?<!\w)[^\W\d_]+ (?:{said}),? {called}"
    behind = rf"{called}(?:, | \()(?:[^\W\d_]+ ){{0,2}}(?:(?:{said}) [^\W\d_]+|[^\W\d_]+ (?:{said}))(?!\w)"
    return bool(name) and re.search(rf"{before}|{behind}", text) is not None


def number(said: str, words: Table) -> int | None:
    """`62`, `sixty-two`, `cincuenta y ocho`, `cinquenta e oito`."""
    said = said.lower().strip()
    if said.isdigit():
        return int(said)
    units = _units(words["numbers"]["units"])
    tens = words["numbers"]["tens"].split()
    if said in units:
        return units[said]
    first = re.split(r"[ -](?:y |e )?", said)
    start = 10 if len(tens) == len("123456789") else 20
    if first[0] in tens:
        more = units.get(first[1], 0) if len(first) > 1 else 0
        return int(start + 10 * tens.index(first[0]) + more)
    return None


@lru_cache(maxsize=4)
def _units(text: str) -> dict[str, int]:
    return {word: at for at, word in enumerate(text.split(), start=1)}


NUMERAL = r"(\d{1,3})"


@lru_cache(maxsize=4)
def _numerals(language: Language) -> re.Pattern[str]:
    words = bank(language)["people"]["numbers"]
    tens, some = (
        words["tens"].replace(" ", "|"),
        "|".join(sorted(words["units"].split(), key=len, reverse=True)),
    )
    return re.compile(
        rf"(?<![\w-])(?:(?:{tens})(?:[ -](?:y |e )?(?:{some}))?|(?:{some}))(?!\w)", re.IGNORECASE
    )


@lru_cache(maxsize=256)
def in_digits(text: str, language: Language) -> str:
    """The text with its numbers as digits: `de 11 años`."""
    words = bank(language)["people"]
    # `Setenta y un años`: one loses its ending before what is counted.
    text = re.sub(r"(?<= y )un(?= años)", "uno", text)
    return _numerals(language).sub(lambda one: str(number(one.group(), words) or one.group()), text)


def _in_role(role: str, words: Table) -> int | None:
    numeral, years = NUMERAL, words["ages"]["years"]
    found = re.search(rf"(?<!\w){numeral}[ -](?:{years})(?!\w)", role, re.IGNORECASE)
    found = found or re.search(
        rf"(?:^|,|(?<!\w)(?:{words['ages']['about']})) ?(\d{{1,3}})(?=$|[,;])", role, re.IGNORECASE
    )
    return number(found.group(1), words) if found else None


def _decade(role: str, words: Table) -> int | None:
    """`in her forties`, `40s`, `cuarentón`, `quarentona`: the middle of those ten years."""
    digits = re.search(r"(?<!\d)([2-9])0s(?!\w)|(?<!\d)([2-9])0-(?:something|ish)", role)
    if digits:
        led = role[: digits.start()]
        late = re.search(rf"(?<!\w)(?:{words['ages']['late']})[ -]$", led, re.IGNORECASE)
        early = re.search(rf"(?<!\w)(?:{words['ages']['early']})[ -]$", led, re.IGNORECASE)
        return 10 * int(digits.group(1) or digits.group(2)) + (8 if late else 2 if early else 4)
    for start, said in words["decades"].items():
        if re.search(rf"(?<!\w)(?:{said})(?!\w)", role, re.IGNORECASE):
            early = re.search(
                rf"(?<!\w)(?:{words['ages']['early']})[ -](?:los |dos |d[oa]s? )?(?:{said})",
                role,
                re.IGNORECASE,
            )
            late = re.search(
                rf"(?<!\w)(?:{words['ages']['late']})[ -](?:los |dos |d[oa]s? )?(?:{said})",
                role,
                re.IGNORECASE,
            )
            return int(start) + (8 if late else 2 if early else 4)
    return None


def _beside(name: str, text: str, words: Table) -> int | None:
    """The number that stands with the name or the role of somebody."""
    if not name or re.search(NUMERAL, text) is None:
        return None
    ages = words["ages"]
    at = [one + len(name) for one in names_in_any_case(name, text)]
    for before, behind in _rules(ages["years"], ages["about"], ages["number_after"]) if at else ():
        found = _where(before, behind, name, at, text)
        told = number(found.group(1), words) if found else None
        if told is not None and 3 <= told <= 110:
            return told
    return None


def _where(
    before: re.Pattern[str] | None, behind: re.Pattern[str], name: str, at: list[int], text: str
) -> re.Match[str] | None:
    """Where a rule fits first with somebody whose name ends at these places."""
    if before is None:
        return next((fits for one in at if (fits := behind.match(text, one))), None)
    if before.search(text) is None:
        return None
    return re.search(f"{before.pattern}{re.escape(name)}{behind.pattern}", text, re.IGNORECASE)


@lru_cache(maxsize=4)
def _rules(
    years: str, about: str, number_after: str
) -> tuple[tuple[re.Pattern[str] | None, re.Pattern[str]], ...]:
    """What stands before and behind a name beside a number; before most of them nothing does."""
    numeral, who = NUMERAL, "{name}"
    own = rf"(?:(?!, (?-i:[A-ZÁÉÍÓÚ]))[^.!?;]){{0,{REACH}}}"
    ends = rf"(?: (?:{years})| ?[,;)]|\.(?!\d)|$)"
    an = "(?:an?|una?|uma?|um)"
    some = f"(?:(?:{about}) )?"
    rules = (
        rf"{who}(?: [A-Z]\w+)?,? (?:de |com |con |aged |of |tem |tiene )?{numeral}{ends}",
        rf"{who}(?: [A-Z]\w+)? ?\((?:de |aged |of )?{numeral}{ends}",
        rf"{who}(?: [A-Z]\w+)?(?: (?:is|es|é) [^.!?;:,]{{3,60}})?: (?:de )?{numeral}{ends}",
        rf"{who}, (?:who|that|que) (?-i:[^.!?;()A-ZÀ-Ý]){{3,60}} \({numeral}{ends}",
        rf"{who}(?:,| is| es| é) {an} [\w -]{{2,24}} (?:of|de) {some}{numeral}{ends}",
        rf"{who} (?-i:[^.!?;:A-ZÀ-Ý]){{3,80}}: {an} [\w-]+ (?:of|de) {some}{numeral}{ends}",
        rf"{who},? (?:{an} [\w -]{{2,24}} )?(?:de )?(?:{about}) {numeral}{ends}",
        rf"{numeral} (?:{years}), {who}",
        rf"{who},? (?:who is|who has|que tiene|que tem|que ya tiene) {numeral}(?!\w)",
        rf"{who},? (?:is|tiene|tem|cumple|faz) {numeral}(?: (?:{years})|[,.;]| (?:and|y|e) )",
        rf"{who}{own}(?<!\w)de {numeral} (?:{years})(?=[,.;]| con | com | y | e )",
        rf"{who}, (?:[\w-]+ ){{1,3}}de {numeral}(?=[,.;])",
        rf"{who}, [a-zà-ÿ]{{3,20}}, de {numeral}(?=[,.;])",
        rf"{who}, [a-zà-ÿ][a-zà-ÿ -]{{2,30}}, {numeral}(?: (?:{years}))?(?=[,.;)])",
        rf"(?<!\w){numeral}[ -](?:{years})(?: (?!que )\w+){{0,2}} {who}",
        rf"(?:of|de) {numeral}(?: (?:{years}))?,? (?:(?:called|named|llamad[oa]|chamad[oa]) )?{who}",
        rf"{who}[^.!?;]{{0,120}}(?:a los|aos|at|tiene|tem|is) {numeral} (?:{years})",
        rf"{who}[^.!?;]{{0,120}}(?<!\w)at (1[89]|[2-9]\d),",
        rf"{who}[^.!?;]{{0,80}}(?:{number_after}) {numeral}(?!\w)",
    )
    return tuple(_halved(rule) for rule in rules)


def _halved(rule: str) -> tuple[re.Pattern[str] | None, re.Pattern[str]]:
    before, _, behind = rule.partition("{name}")
    first = re.compile(rf"(?<!\w){before}", re.IGNORECASE) if before else None
    return first, re.compile(behind, re.IGNORECASE)


def _apposed(name: str, text: str) -> str:
    """`The Guest, 50s, a wet coat`: the first thing that stands behind a name."""
    found = (
        re.search(rf"(?<!\w){re.escape(name)}(?: [A-Z]\w+)?(?:, | \()([^,;:().!?]*)", text) if name else None
    )
    return found.group(1) if found is not None else ""


def _further(name: str, text: str, words: Table) -> int | None:
    """`; tiene 37 años`: the words that go on about them begin with it."""
    told = [
        re.match(rf"{NUMERAL}(?!\w)(?! (?!{words['ages']['years']}))", one)
        or re.search(rf"(?:^|, ){NUMERAL} (?:{words['ages']['years']})(?=[,.]|$)", one)
        for one in gone_on_about(name, text, ())
    ]
    return next((int(one.group(1)) for one in told if one), None)


def _stage(role: str, words: Table) -> int | None:
    # The bride's mother is no bride, and `la madre de la novia` is none either.
    own = re.sub(r"^.*['\u2019]s (?=\w)", "", role.partition(",")[0])
    own = re.split(r"(?<=\w) (?:of|de|del|da|do|dos|das) ", own)[0]
    said = [one.lower() for one in re.findall(r"[\w-]+", own)]
    ages, kin = words["ages"], words["kin"]
    for stage, years in STAGES.items():
        if any(word in ages[stage].split() for word in said):
            # A widow who is young is young; a pizza boy delivers and is no child.
            young = stage == "elder" and set(said) & {"young", "joven", "jovem"}
            boy = stage == "child" and len(said) > 1 and said[0] in ("pizza", "delivery", "paper", "stable")
            return STAGES["young"] if young or boy else years
    in_law = set(kin["parent"].split()) & set(kin["not_blood"].split())
    return STAGES["elder"] if set(said) & (set(kin["grandparent"].split()) | in_law) else None


def _is_frail(name: str, text: str, words: Table) -> bool:
    """`Eladio, who walks with a cane now`."""
    signs = words["ages"]["frail"]
    return bool(name) and re.search(rf"(?<!\w){re.escape(name)}(?!\w)[^.!?;\n]*(?:{signs})", text) is not None


def _career(name: str, role: str, text: str, words: Table) -> int | None:
    """Who has done something for thirty years is no youth."""
    if not name:
        return None
    wed = role in words["kin"]["spouse"].split()
    who = f"{re.escape(name)}|{words['groups']['couple']}" if wed else re.escape(name)
    numeral = NUMERAL
    for sentence in re.split(r"[.!?\n]", text):
        if not re.search(rf"(?<!\w)(?:{who})(?!\w)", sentence):
            continue
        found = re.search(
            rf"(?:for|hace|há|desde hace|lleva|llevan) {numeral} (?:years|años|anos)", sentence, re.IGNORECASE
        )
        spent = number(found.group(1), words) if found else None
        if spent is not None and spent >= LONG_CAREER:
            return FIRST_JOB + spent + 2
    return None
