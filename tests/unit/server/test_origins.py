"""The setting that says which pages of other origins are let in."""

import pytest

from server.app import create_app
from server.origins import read_origins
from server.startup import check_settings
from state.errors import SettingInvalid
from tools.settings import Settings


def test_words_and_origins_can_be_mixed() -> None:
    origins = read_origins(" local , https://App.example.org/ ,studio")
    assert origins.allow("http://[::1]:5173")
    assert origins.allow("https://localhost")
    assert origins.allow("https://app.example.org")
    assert origins.allow("https://smith.langchain.com")
    assert not origins.allow("http://app.example.org"), "another scheme is another origin"
    assert not origins.allow("https://app.example.org:8443")


@pytest.mark.parametrize("text", ["", "none", " , "])
def test_nothing_lets_nobody_in(text: str) -> None:
    assert not read_origins(text).allow("http://localhost:3000")


@pytest.mark.parametrize(
    "text",
    ["example.org", "https://", "https://example.org/app", "https://*.example.org", "ftp://example.org",
     "https://me@example.org", "locl", "https://example.org:0", "https://example.org local"],
)  # fmt: skip
def test_what_is_no_origin_is_named_before_the_start(text: str) -> None:
    with pytest.raises(SettingInvalid, match="GREENLIGHT_CORS_ORIGINS") as caught:
        create_app(Settings(cors_origins=f"local, {text}"), opener=lambda _: pytest.fail("nothing may open"))
    assert text.lower() in caught.value.message


def test_without_a_login_the_whole_web_is_not_let_in() -> None:
    with pytest.raises(SettingInvalid, match="every page on the web"):
        check_settings(Settings(cors_origins="local,*"))
    assert read_origins("*").allow("https://anybody.example"), "the control: with accounts it may be"
