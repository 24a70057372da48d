"""The pictures that a brief names: looked at before anything is started.

A brief that comes over HTTP names uploads by their key. `greenlight make` reads files that
lie beside the brief, and names their keys once they are in the store.
"""

import errno
import re
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NoReturn

from pydantic import BaseModel

from state.brief import NovelaBrief, ProductBrief, SceneBrief
from state.errors import BriefIncomplete, MediaDamaged, MediaMissing, UploadRejected
from tools.media.keys import KEY, owners_in
from tools.media.pictures import owner_of, picture_at
from tools.media.store import MediaStore
from tools.media.upload import MAX_UPLOAD_BYTES, redrawn, upload_image

UPLOAD_IT = "Upload it with POST /api/media and use the key of the answer."
NAME_IT = "Name a PNG, JPEG or WebP picture, by its path from the folder of the brief."


async def check_pictures(store: MediaStore, brief: BaseModel, *, user_id: str) -> None:
    """See whether every picture of a brief is an upload of this user that can be opened.

    Raises:
        BriefIncomplete: one is not; names its field.
    """
    await check_uploads(store, pictures_of(brief), user_id=user_id)


async def check_uploads(store: MediaStore, named: Iterable[tuple[str, str]], *, user_id: str) -> None:
    """The same for pictures that something else names, by field.

    Raises:
        BriefIncomplete: as `check_pictures`.
    """
    for field, key in named:
        try:
            if not KEY.fullmatch(key) or owner_of(key) != user_id:
                raise UploadRejected("there is no such upload")
            await picture_at(store, key)
            await store.renew(key)
        except (MediaMissing, MediaDamaged, UploadRejected) as exc:
            _refuse(field, exc.message, UPLOAD_IT)


def frames_named(reply: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The frames that an answer brings, with their fields; what is no answer brings none."""
    items = reply.get("items")
    for item, decision in items.items() if isinstance(items, dict) else ():
        for name in ("first_frame", "last_frame") if isinstance(decision, dict) else ():
            if isinstance(key := decision.get(name), str) and key:
                yield f"reply.items.{item}.{name}", key


def check_keys(value: Any, *, user_id: str, field: str) -> None:
    """Refuse values by hand that name a file of somebody else: whatever a state names is read and shown.

    Raises:
        BriefIncomplete: names the field; it says no more than of a file that is not there.
    """
    if isinstance(value, str) and owners_in(value) - {user_id}:
        _refuse(field, "there is no such file", UPLOAD_IT)
    if isinstance(value, dict):
        for name, item in value.items():
            check_keys(str(name), user_id=user_id, field=field)
            check_keys(item, user_id=user_id, field=f"{field}.{name}")
    elif isinstance(value, list | tuple):
        for number, item in enumerate(value):
            check_keys(item, user_id=user_id, field=f"{field}.{number}")


def read_pictures(brief: BaseModel, folder: Path) -> dict[str, bytes]:
    """The files that a brief names, by the name it has for them; keys of uploads are left out. Blocking.

    Raises:
        BriefIncomplete: one cannot be read or is no picture; names its field.
    """
    found: dict[str, bytes] = {}
    for field, name in pictures_of(brief):
        if KEY.fullmatch(name) or name in found:
            continue
        try:
            content = _read(folder / name)
            redrawn(content)
        except OSError as exc:
            _refuse(field, f"{name} cannot be read: {exc.strerror or type(exc).__name__}", NAME_IT)
        except UploadRejected as exc:
            _refuse(field, f"{name}: {exc.message}", NAME_IT)
        found[name] = content
    return found


async def with_uploads(
    store: MediaStore, brief: NovelaBrief, files: dict[str, bytes], *, user_id: str
) -> NovelaBrief:
    """The brief with the files in the store, and their keys where it named them."""
    keys = {name: (await upload_image(store, file, user_id=user_id)).key for name, file in files.items()}
    return _renamed(brief, keys)


def pictures_of(brief: BaseModel) -> Iterator[tuple[str, str]]:
    """Every picture that a brief names, with its field."""
    if not isinstance(brief, NovelaBrief):
        return
    if brief.product is not None and brief.product.picture:
        yield "brief.product.picture", brief.product.picture
    for at, scene in enumerate(brief.scenes):
        for number, shot in enumerate(scene.shots):
            if shot.panel:
                yield f"brief.scenes.{at}.shots.{number}.panel", shot.panel


def _read(file: Path) -> bytes:
    # Whoever opens a pipe waits for somebody who writes.
    if stat.S_ISFIFO(file.stat().st_mode):
        raise OSError(errno.EINVAL, "it is a pipe")
    # No more than is looked at: the path may be a device that never ends.
    with file.open("rb") as source:
        return source.read(MAX_UPLOAD_BYTES + 1)


def _renamed(brief: NovelaBrief, keys: dict[str, str]) -> NovelaBrief:
    product = brief.product and _product(brief.product, keys)
    return brief.model_copy(
        update={"product": product, "scenes": [_scene(scene, keys) for scene in brief.scenes]}
    )


def _product(product: ProductBrief, keys: dict[str, str]) -> ProductBrief:
    return product.model_copy(update={"picture": keys.get(product.picture, product.picture)})


def _scene(scene: SceneBrief, keys: dict[str, str]) -> SceneBrief:
    shots = [shot.model_copy(update={"panel": keys.get(shot.panel, shot.panel)}) for shot in scene.shots]
    return scene.model_copy(update={"shots": shots})


def _refuse(field: str, problem: str, fix: str) -> NoReturn:
    problem = re.sub(r"\s+", " ", problem)
    raise BriefIncomplete(
        f"{field}: {problem}",
        user_action=fix,
        details={"fields": [{"field": field, "problem": problem, "fix": fix}]},
    )
