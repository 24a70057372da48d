"""A new secret for links breaks none that people have."""

from urllib.parse import parse_qs, urlsplit

import pytest

from state.errors import LinkExpired
from tools.media.links import LinkSigner

KEY = f"image/ana/{'a' * 64}.png"


def parts(link: str) -> tuple[str, int, str]:
    url = urlsplit(link)
    query = parse_qs(url.query)
    return url.path.removeprefix("/media/"), int(query["expires"][0]), query["signature"][0]


def test_the_secret_before_is_accepted_and_signs_nothing():
    old, both, new = LinkSigner([b"old"]), LinkSigner([b"new", b"old"]), LinkSigner([b"new"])

    both.verify(*parts(old.link(KEY)))
    new.verify(*parts(both.link(KEY)))
    with pytest.raises(LinkExpired):
        new.verify(*parts(old.link(KEY)))
