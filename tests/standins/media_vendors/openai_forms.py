"""Multipart forms, as the SDK sends pictures."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.standins.media_vendors.desk import digest_of
from tests.standins.model_vendors.errors import openai_error
from tests.standins.model_vendors.wire import Request


@dataclass(frozen=True)
class Sent:
    """One file of a form."""

    field: str
    name: str
    mime: str
    content: bytes


@dataclass(frozen=True)
class Form:
    words: Mapping[str, str]
    files: tuple[Sent, ...]

    def kept(self) -> dict[str, Any]:
        """As it stands in the book."""
        files = [{"field": one.field, "name": one.name, "mime": one.mime, "content": digest_of(one.content)}
                 for one in self.files]  # fmt: skip
        return {**self.words, "files": files}


def read_form(request: Request) -> Form:
    """Raises `Rejected` for what is no form."""
    found = re.search(r'boundary="?([^";]+)', request.headers.get("content-type", ""))
    if found is None or not request.headers["content-type"].startswith("multipart/form-data"):
        raise openai_error(400, "Invalid Content-Type header. Expected multipart/form-data.")
    words: dict[str, str] = {}
    files: list[Sent] = []
    for part in (b"\r\n" + request.body).split(b"\r\n--" + found[1].encode())[1:-1]:
        head, _, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        told = head.decode()
        named = dict(re.findall(r'\b(name|filename)="([^"]*)"', told))
        if "filename" in named:
            kind = re.search(r"(?im)^content-type:\s*(\S+)", told)
            mime = kind[1] if kind else "application/octet-stream"
            files.append(Sent(named.get("name", ""), named["filename"], mime, content))
        else:
            words[named.get("name", "")] = content.decode()
    return Form(words, tuple(files))
