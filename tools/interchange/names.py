"""Names that people gave, made fit for files, tape names, lines and XML.

Nothing of a name is ever obeyed: what could end a line, leave a folder or close a tag is taken out here.
"""

import re
import unicodedata
from collections.abc import Iterable

STEM_BYTES = 80
"""UTF-8 bytes of a file's name without its ending; what all file systems and zips can hold."""
REEL = 8
"""Letters of a tape's name in CMX3600."""
SPECIAL_REELS = {"AX", "BL", "BLACK", "BARS", "NONE", "AUX"}
_DEVICES = {"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(10))}
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def file_stem(name: str, other: str = "clip") -> str:
    """A readable file name without its ending: letters and digits of any script, `-`, `_` and dots inside.

    `other` is what it is called where nothing of it can be kept.
    """
    composed = unicodedata.normalize("NFC", name[:1000])
    kept = "".join(
        sign if unicodedata.category(sign)[0] in "LNM" or sign in "._" else "-" for sign in composed
    )
    short = re.sub(r"-{2,}", "-", re.sub(r"\.{2,}", ".", kept)).encode()[:STEM_BYTES]
    stem = short.decode(errors="ignore").strip("-._ ")
    while stem and (unicodedata.category(stem[0])[0] == "M" or stem[0] in "-._"):
        stem = stem[1:]
    if stem.partition(".")[0].casefold() in _DEVICES:
        stem = f"{other}-{stem}"
    return stem or other


def told_apart(wanted: str, taken: Iterable[str]) -> str:
    """The name, or the first free one of `name-2`, `name-3`; case tells no files apart."""
    known = {one.casefold() for one in taken}
    name, number = wanted, 2
    while name.casefold() in known:
        name, number = f"{wanted}-{number}", number + 1
    return name


def reel_name(name: str, taken: Iterable[str]) -> str:
    """A tape name of at most eight capitals and digits that is not taken and means nothing else."""
    plain = unicodedata.normalize("NFKD", name[:1000]).upper()
    wanted = re.sub(r"[^A-Z0-9]", "", plain)[:REEL] or "REEL"
    known, number, reel = {*taken, *SPECIAL_REELS}, 2, wanted
    while reel in known:
        tail = str(number)
        reel, number = wanted[: REEL - len(tail)] + tail, number + 1
    return reel


def one_line(text: str, most: int = 120) -> str:
    """The text as one line without anything that a reader could take for its end, or for a control."""
    kept = (
        sign if sign.isprintable() and unicodedata.category(sign) != "Zs" else " " for sign in text[:10_000]
    )
    return " ".join("".join(kept).split())[:most].rstrip()


def xml_text(text: str) -> str:
    """The text as XML 1.0 can hold it; what it cannot becomes the sign for that."""
    return _NO_XML.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
