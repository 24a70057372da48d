"""Which kind of file some bytes begin: what a provider calls them counts for nothing."""

from state.order import Medium

BEGINNINGS: dict[Medium, tuple[tuple[int, bytes, str], ...]] = {
    "image": (
        (0, b"\x89PNG\r\n\x1a\n", ".png"),
        (0, b"\xff\xd8\xff", ".jpg"),
        (8, b"WEBP", ".webp"),
    ),
    "video": ((4, b"ftyp", ".mp4"), (0, b"\x1aE\xdf\xa3", ".webm")),
    "voice": ((8, b"WAVE", ".wav"), (0, b"ID3", ".mp3"), (0, b"fLaC", ".flac"), (0, b"OggS", ".ogg")),
}
HEAD = 16


def suffix_of(content: bytes, medium: Medium) -> str:
    """The suffix of a file of this medium; empty where it is none."""
    found = (suffix for at, begins, suffix in BEGINNINGS.get(medium, ()) if content[at:].startswith(begins))
    return next(found, "")
