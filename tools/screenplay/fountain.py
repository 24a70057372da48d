"""Reads a screenplay in Fountain, the plain-text form that screenwriting programs export.

What the published parsers lack is what a person with a mistake in the script needs: the
line it is in. Headings are understood in English, Spanish and Portuguese.
"""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from state.script import TimeOfDay
from tools.screenplay.margins import ScriptError, ScriptLine, without_margins

HEADING = re.compile(
    r"^(?P<side>INT\.?\s*/\s*EXT|EXT\.?\s*/\s*INT|I\s*/\s*E|INT|EXT|EST)(?:\.\s*|\s+)(?P<rest>.*)$",
    re.IGNORECASE,
)
SCENE_NUMBER = re.compile(r"\s*#[^#]+#\s*$")
TITLE_KEY = re.compile(r"^([^\W\d_][\w ]{0,40}):(.*)$")
TRANSITION = re.compile(
    r"^(?:[^a-z]+ TO:|[^a-z]+:|FADE (?:IN|OUT|TO BLACK)\b.*|(?:CUT|SMASH CUT) TO .*|FUNDIDO .*|FUNDE .*"
    r"|CORTE? .*|CORTA .*|ENCADENADO.*|FIM\.?|FIN\.?|THE END\.?)$"
)
EXTENSION = re.compile(r"\s*(\([^()]*\)\s*)+$")
UNSEEN = re.compile(r"\(\s*(?:V\.? ?O|O\.? ?S|O\.? ?C|OFF|EN OFF|EM OFF)\b", re.IGNORECASE)
DASHES = "-\u2013\u2014"
BETWEEN = re.compile(rf"\s[{DASHES}]+\s?|(?<=\S)[{DASHES}]\s|\s*[\u2013\u2014]\s*")
EMPHASIS = re.compile(r"(?<!\\)(\*{1,3}|_)(?=\S)(.+?)(?<=\S)(?<!\\)\1")
TIMES: dict[TimeOfDay, tuple[str, ...]] = {
    "dusk": (
        "dusk", "dawn", "sunset", "sunrise", "evening", "magic hour", "golden hour", "twilight", "atardecer",
        "anochecer", "amanecer", "ocaso", "crepúsculo", "alba", "entardecer", "anoitecer", "amanhecer",
        "pôr do sol", "por do sol", "pôr-do-sol",
    ),
    "night": ("night", "midnight", "noche", "medianoche", "madrugada", "noite", "meia-noite"),
    "day": (
        "day", "morning", "noon", "afternoon", "midday", "día", "dia", "mañana", "mediodía", "tarde", "manhã",
        "meio-dia",
    ),
}  # fmt: skip
SAME_TIME = (
    "continuous", "later", "moments later", "same", "same time", "continuo", "continúa", "más tarde",
    "después", "momentos después", "contínuo", "continua", "mais tarde", "depois", "momentos depois",
)  # fmt: skip


class Kind(StrEnum):
    """What a passage of a scene is."""

    ACTION = "action"
    SPEECH = "speech"


@dataclass(frozen=True, kw_only=True)
class Passage:
    """One paragraph of action, or one person's speech."""

    kind: Kind
    text: str
    line: int
    """Line of the script, from 1: of the first words."""
    speaker: str = ""
    manner: str = ""
    unseen: bool = False
    """Heard, not seen: `(V.O.)`, `(O.S.)`."""
    forced: bool = False
    """Marked as action with `!`, whatever it looks like."""


@dataclass(kw_only=True)
class ScriptScene:
    """Everything under one heading."""

    heading: str
    line: int
    place: str
    outside: bool | None
    time: TimeOfDay | None
    passages: list[Passage] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Screenplay:
    """A script, read."""

    title_page: dict[str, str]
    scenes: list[ScriptScene]


def read_fountain(text: str) -> Screenplay:
    """Read a script; title page, notes, boneyard, sections, synopses and transitions are no scene's part.

    Raises:
        ScriptError: it cannot be told what is meant; says where and what to do.
    """
    lines = without_margins(
        text.removeprefix("\ufeff").expandtabs(4).replace("\r\n", "\n").replace("\r", "\n")
    )
    start, title_page = _title_page(lines)
    reader = _Reader(lines, start)
    reader.read()
    return Screenplay(title_page=title_page, scenes=reader.scenes)


def _title_page(lines: list[ScriptLine]) -> tuple[int, dict[str, str]]:
    """Where the script begins, and what stands above it."""
    at = next((index for index, line in enumerate(lines) if line.text.strip()), len(lines))
    page: dict[str, str] = {}
    key = ""
    first = lines[at].text if at < len(lines) else ""
    if not TITLE_KEY.match(first) or HEADING.match(first) or TRANSITION.match(first.strip()):
        return at, page
    while at < len(lines) and (line := lines[at].text).strip():
        found = None if line.startswith(" ") else TITLE_KEY.match(line)
        if found:
            key = found.group(1).strip().casefold()
        page[key] = f"{page.get(key, '')} {(found.group(2) if found else line).strip()}".strip()
        at += 1
    return at, {name: plain(value) for name, value in page.items()}


class _Reader:
    """Goes through the lines once; `at` is the line that is looked at."""

    def __init__(self, lines: list[ScriptLine], start: int) -> None:
        self._lines, self.at = lines, start
        self.scenes: list[ScriptScene] = []

    def read(self) -> None:
        while self.at < len(self._lines):
            line = self._text()
            if not line or _is_left_out(line):
                self.at += 1
            elif _is_heading(line):
                self._heading(line)
            elif self._is_cue(line):
                self._speech(line)
            elif self._is_transition(line):
                self.at += 1
            else:
                self._action()

    def _heading(self, line: str) -> None:
        words = SCENE_NUMBER.sub("", line.removeprefix(".")).strip()
        found = HEADING.match(words)
        side = found.group("side").upper() if found else ""
        place, time = _place_and_time(found.group("rest") if found else words)
        if not place:
            raise ScriptError(
                self._number, f"the heading {words!r} names no place", "Write it like INT. KITCHEN - DAY."
            )
        before = self.scenes[-1].time if self.scenes else None
        self.scenes.append(
            ScriptScene(
                heading=words,
                line=self._number,
                place=place,
                outside=_outside(side),
                time=before if time == "same" else time,
            )
        )
        self.at += 1

    def _is_cue(self, line: str) -> bool:
        if not self._blank_before() or self._blank_after():
            return line.startswith("@") and self._blank_before()
        if line.startswith("@"):
            return True
        if line.startswith(("!", ">", "~")):
            return False
        name = EXTENSION.sub("", line.rstrip("^ "))
        return _is_capitals(name) and not TRANSITION.match(line)

    def _is_transition(self, line: str) -> bool:
        if line.startswith(">"):
            return not line.endswith("<")
        return self._blank_before() and self._blank_after() and TRANSITION.match(line) is not None

    def _speech(self, line: str) -> None:
        cue = self._number
        speaker = plain(EXTENSION.sub("", line.removeprefix("@").rstrip("^ "))).strip()
        if not speaker:
            raise ScriptError(cue, "this cue names nobody", "Write the name of who speaks in capitals.")
        manners: list[str] = []
        words: list[tuple[int, str]] = []
        self.at += 1
        while said := self._text():
            if said.startswith("(") and said.endswith(")"):
                manners.append(plain(said[1:-1]))
            else:
                words.append((self._number, plain(said.removeprefix("~"))))
            self.at += 1
        if not words:
            raise ScriptError(
                cue,
                f"{speaker} says nothing",
                "Write the words on the next line, without an empty line between; or put ! before the line"
                " if it is no name.",
            )
        text = " ".join(part for _, part in words)
        self._scene(cue, speaker).passages.append(
            Passage(
                kind=Kind.SPEECH,
                text=text,
                line=words[0][0],
                speaker=speaker,
                manner=", ".join(manners),
                unseen=UNSEEN.search(line) is not None,
            )
        )

    def _action(self) -> None:
        first = self._number
        words: list[str] = []
        forced = self._text().startswith("!")
        while line := self._text():
            if words and _is_heading(line):
                break
            centred = line.startswith(">") and line.endswith("<")
            words.append(line[1:-1].strip() if centred else line.removeprefix("!").removeprefix("~"))
            self.at += 1
        text = plain(" ".join(words)).strip()
        if not text or TRANSITION.match(text):
            return
        self._scene(first).passages.append(Passage(kind=Kind.ACTION, text=text, line=first, forced=forced))

    def _scene(self, line: int, speaker: str = "") -> ScriptScene:
        if not self.scenes:
            what = f"{speaker} speaks" if speaker else "this stands"
            raise ScriptError(
                line,
                f"{what} before the first scene heading",
                "Begin each scene with a line like INT. KITCHEN - DAY.",
            )
        return self.scenes[-1]

    @property
    def _number(self) -> int:
        return self._lines[self.at].number

    def _text(self, ahead: int = 0) -> str:
        """A line without the space around it; empty where there is none."""
        at = self.at + ahead
        return self._lines[at].text.strip() if 0 <= at < len(self._lines) else ""

    def _blank_before(self) -> bool:
        return not self._text(-1)

    def _blank_after(self) -> bool:
        return not self._text(1)


def plain(text: str) -> str:
    """Without marks of emphasis: they are for the eye and would be spoken."""
    for _ in range(3):
        text = EMPHASIS.sub(r"\2", text)
    return re.sub(r"\\([*_\\])", r"\1", text)


def _is_left_out(line: str) -> bool:
    """Sections, synopses and page breaks are for the writer of the script."""
    return line.startswith("#") or line.startswith("=")


def _is_heading(line: str) -> bool:
    if line.startswith("."):
        return len(line) > 1 and line[1].isalnum()
    return HEADING.match(line) is not None


def _is_capitals(name: str) -> bool:
    return any(char.isupper() for char in name) and not any(char.islower() for char in name)


def _outside(side: str) -> bool | None:
    if not side:
        return None
    # From inside a car into the street: what is built is the inside.
    return side in ("EXT", "EST")


def _place_and_time(rest: str) -> tuple[str, TimeOfDay | Literal["same"] | None]:
    """`KITCHEN - NIGHT` as place and time; a part that is no time belongs to the place."""
    if rest.lstrip().startswith(tuple(DASHES)):
        return "", None
    parts = [part.strip(" .") for part in BETWEEN.split(rest)]
    parts = [part for part in parts if part]
    time: TimeOfDay | Literal["same"] | None = None
    kept: list[str] = []
    for part in parts:
        found = time_named(part)
        if found is None or not kept:
            kept.append(part)
        else:
            time = found if time in (None, "same") else time
    return plain(" - ".join(kept)).strip(), time


def time_named(words: str) -> TimeOfDay | Literal["same"] | None:
    """The time of day that a part of a heading names; `same` for one that goes on from the scene before."""
    text = words.casefold()
    if any(text == name or text.startswith(f"{name} ") for name in SAME_TIME):
        return "same"
    for time, names in TIMES.items():
        if any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) for name in names):
            return time
    return None
