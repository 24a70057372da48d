"""The pictures that a job refers to, beside the job, so that whoever draws it can open them."""

import hashlib
import shutil
import uuid
from pathlib import Path

from state.order import EngineRequest
from tools.engines.files import Files, files_needed

FOLDER = "references"


def reference_name(key: str) -> str:
    """The file's name here: keys come from callers, so none is used as a path."""
    suffix = Path(key).suffix
    ending = suffix if suffix[1:].isalnum() and suffix.isascii() else ""
    return hashlib.sha256(key.encode()).hexdigest()[:32] + ending


def keep_references(files: Files, folder: Path) -> None:
    """Lay the files into `folder/references`; what lies there already stays. Blocking."""
    for key, source in files.items():
        target = folder / FOLDER / reference_name(key)
        if target.exists():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f".{target.name}.{uuid.uuid4().hex[:8]}")
        # A hard link where the disk allows it: a picture may be referred to by every shot.
        try:
            part.hardlink_to(source)
        except OSError:
            shutil.copyfile(source, part)
        part.replace(target)


def kept_references(request: EngineRequest, folder: Path) -> dict[str, Path]:
    """The request's files that lie in `folder/references`, by media key."""
    paths = {media.key: folder / FOLDER / reference_name(media.key) for media in files_needed(request)}
    return {key: path for key, path in paths.items() if path.is_file()}
