"""The whole corpus, and a script that writes it: `python -m` this module and a folder."""

import re
import sys
from pathlib import Path

from tests.integration.media.corpus import bad_clips, good_clips
from tests.integration.media.corpus.entry import Entry
from tests.integration.media.corpus.pictures import PICTURES
from tests.integration.media.corpus.sounds import SOUNDS
from tests.integration.media.corpus.texts import TEXTS

CORPUS: list[Entry] = [*good_clips.CLIPS, *bad_clips.CLIPS, *PICTURES, *SOUNDS, *TEXTS]


def file_name(number: int, entry: Entry) -> str:
    """A name that says nothing to a reader that goes by names: all are called .mp4."""
    return f"{number:03}-{re.sub(r'[^a-z0-9]+', '-', entry.name.lower())}.mp4"


def main(folder: Path) -> None:
    """Write every file, and a line about each."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, entry in enumerate(CORPUS):
        content = entry.build()
        (folder / file_name(number, entry)).write_bytes(content)
        verdict = "taken" if entry.taken else f"refused ({entry.says})"
        sys.stdout.write(f"{number:3} {entry.name}: {len(content)} bytes, {verdict}: {entry.why}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
