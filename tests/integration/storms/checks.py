"""What must hold of every production, whatever it met; what does not is told with the order's history."""

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from tests.integration.storms.lot import Made
from tests.integration.storms.shoots import Shoot

NO_JOB = frozenset({"not_sent", "throttled", "absent"})
"""After these a request may be sent again: the vendor has no job."""
DIED = frozenset({"transient_job", "bad_output"})
"""After these there may be another job, which is booked beside the one before."""
SENT_ON = NO_JOB | DIED | {"unknown"}
"""Behind any other outcome nothing was sent again; behind `unknown` only where a person said so."""
FREE = frozenset({"previz"})


@dataclass(frozen=True)
class Books:
    """Ours and the vendors', of one production."""

    shoot: Shoot
    history: list[dict[str, Any]]
    made: dict[str, list[Made]]
    posts: dict[str, int]
    drawn: dict[str, int]
    """How often previz was asked for an order, by its key."""

    def of(self, word: str) -> dict[str, Any] | None:
        """Our row of an order."""
        key = next(one.order.call_key for one in self.shoot.wishes if one.word == word)
        return next((row for row in self.history if row["call_key"] == key), None)

    def story(self, word: str) -> str:
        """All that is known of an order."""
        row = self.of(word) or {}
        kept = {name: row.get(name) for name in (
            "call_key", "model", "state", "error_kind", "error_detail", "cost_quoted", "cost_reserved",
            "cost_actual", "cost_unknown", "cost_refunded", "attempts", "settled")}  # fmt: skip
        told = [
            f"{one.vendor} {one.id} {one.fault} {one.state} {one.micro_usd}"
            for one in self.made.get(word, [])
        ]
        return "\n".join(
            [
                f"seed {self.shoot.seed}, production {self.shoot.number}: {' '.join(self.shoot.told)}",
                json.dumps(kept, indent=1, default=str),
                f"the vendors have {self.posts.get(word, 0)} requests and {told or 'no job'}",
            ]
        )


async def books_of(shoot: Shoot) -> Books:
    """As they are now."""
    async with shoot.process() as orders:
        history = await orders.history(shoot.production_id)
    made: defaultdict[str, list[Made]] = defaultdict(list)
    for one in shoot.lot.made():
        made[one.word].append(one)
    return Books(shoot, history, dict(made), dict(shoot.lot.posts()), shoot.lot.farm.book.posts())


def check(books: Books, *, settled: bool = False) -> None:
    """Nothing sent or paid twice, no refusal tried again, every end with its reason, the money between."""
    for wish in books.shoot.wishes:
        row = books.of(wish.word)
        if row is None:
            assert not books.made.get(wish.word), f"nobody ordered it\n{books.story(wish.word)}"
            continue
        assert books.drawn.get(row["call_key"], 0) <= 1, f"drawn twice\n{books.story(wish.word)}"
        _sent_once(books, wish.word, row)
        _has_its_reason(books, wish.word, row)
        _nothing_goes_on(books, wish.word, row)
        if row["provider"] not in FREE:
            _money(books, wish.word, row, settled=settled)


def _sent_once(books: Books, word: str, row: dict[str, Any]) -> None:
    attempts, story = row["attempts"], books.story(word)
    outcomes = [one["outcome"] for one in attempts]
    assert books.posts.get(word, 0) <= len(attempts), f"more requests than attempts\n{story}"
    for outcome in outcomes[:-1]:
        assert outcome != "refused", f"a refusal was tried again\n{story}"
        assert outcome in SENT_ON, f"sent again behind {outcome}\n{story}"
    known = [one["external_id"] for one in attempts if one["external_id"]]
    assert len(known) == len(set(known)), f"one job for two attempts\n{story}"
    jobs = books.made.get(word, [])
    named = [job for job in jobs if job.id]
    strange = [job.id for job in named if not any(one.endswith(job.id) for one in known)]
    lost = sum(one["outcome"] == "unknown" for one in attempts)
    under_way = sum(row["state"] == "intent" and one["outcome"] in ("sent", "lost") for one in attempts)
    assert len(strange) <= lost + under_way, f"jobs that nobody knows of: {strange}\n{story}"
    without = sum(outcome in NO_JOB for outcome in outcomes)
    assert len(jobs) <= len(attempts) - without, f"more jobs than attempts that may have one\n{story}"


def _nothing_goes_on(books: Books, word: str, row: dict[str, Any]) -> None:
    """What runs at a vendor is waited for until a person gives it up: else it is made and billed in vain."""
    given_up = (row["settled"] or {}).get("decision") == "give_up"
    if row["state"] in ("done", "failed") and not given_up:
        left = [one.id for one in books.made.get(word, []) if one.state in ("queued", "running")]
        assert not left, f"jobs go on that nobody waits for: {left}\n{books.story(word)}"


def _has_its_reason(books: Books, word: str, row: dict[str, Any]) -> None:
    story = books.story(word)
    if row["state"] in ("failed", "unknown"):
        assert row["error_kind"], f"no kind\n{story}"
        assert row["error_detail"], f"no reason\n{story}"


def _money(books: Books, word: str, row: dict[str, Any], *, settled: bool) -> None:
    story, asked = books.story(word), sum(one.micro_usd for one in books.made.get(word, []))
    billed, unknown, held = row["cost_actual"], row["cost_unknown"], row["cost_reserved"]
    open_ones = row["state"] in ("intent", "submitted")
    assert held == 0 or open_ones, f"held for nothing\n{story}"
    assert billed <= asked, f"billed {billed}, and the vendor asks for {asked}\n{story}"
    assert asked <= billed + unknown + held, (
        f"the vendor asks for {asked}, {billed} + {unknown} are known\n{story}"
    )
    if settled:
        assert (billed, unknown, held) == (asked, 0, 0), f"settled, and not equal to {asked}\n{story}"
