"""Words for people, and pages that run nothing but their own files."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from server.console.rendering import HERE, STATIC, ago, clock, file_size, money, page, static_url
from server.problems import Problem


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        ("0.00", "$0.00"),
        ("10.24", "$10.24"),
        ("0.009", "$0.009"),
        ("1.200005", "$1.20"),
        (1234.5, "$1,234.50"),
    ],
)
def test_money_reads_like_money(amount: str | float, shown: str):
    assert money(amount) == shown


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0, "just now"), (59, "just now"), (60, "1 minute ago"), (7300, "2 hours ago"), (90_000, "1 day ago")],
)
def test_ages_have_one_unit(seconds: int, shown: str):
    assert ago(datetime.now(UTC) - timedelta(seconds=seconds)) == shown


def test_lengths_and_sizes():
    assert [clock(seconds) for seconds in (7.9, 64, 600)] == ["0:08", "1:04", "10:00"]
    assert [file_size(count) for count in (222, 5771, 1_500_000)] == ["222 B", "5.8 kB", "1.5 MB"]


def test_what_people_wrote_is_never_markup():
    wrong = '<img src=x onerror="alert(1)">'
    problem = Problem(code="c", message=wrong, userMessage=wrong, suggestion=wrong)
    shown = bytes(page("problem.html", problem=problem).body).decode()
    assert wrong not in shown
    assert "&lt;img src=x onerror=" in shown


def test_a_page_allows_its_own_files_and_nothing_else():
    problem = Problem(code="c", message="m", userMessage="m", suggestion="s")
    headers = page("problem.html", problem=problem).headers
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("folder", ["templates", "components"])
def test_no_template_holds_a_script_a_style_or_an_unescaped_word(folder: str):
    for file in (HERE / folder).glob("*.html"):
        text = file.read_text("utf-8")
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\bstyle=|\bon[a-z]+=|\|\s*safe\b", text), (
            file.name
        )


def test_no_file_of_the_page_calls_elsewhere():
    for file in STATIC.iterdir():
        if file.suffix in (".js", ".css") and file.name != "htmx.min.js":
            assert "://" not in file.read_text("utf-8"), file.name


def test_the_address_of_a_file_follows_its_content():
    assert re.fullmatch(r"/static/console\.css\?v=[0-9a-f]{12}", static_url("console.css"))
