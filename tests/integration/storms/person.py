"""Whoever settles what nobody can tell: reads the vendors' books, and uses the commands that there are."""

from typing import Any

from state.cost import Money
from tests.integration.storms.checks import NO_JOB, Books, books_of
from tests.integration.storms.lot import Made
from tests.integration.storms.shoots import AT_REST, Shoot
from tools.ledger.settling import settle, unknown_lines
from tools.orders.parked import Decision, ParkedOrder

MOST_ROUNDS = 6


async def settle_all(shoot: Shoot) -> int:
    """Decide about what is parked, book what is unknown, go on until all has ended; how many lines."""
    lines = 0
    for _ in range(MOST_ROUNDS):
        await decide(shoot)
        lines += await book(shoot)  # what never arrived leaves room for the one that is sent instead
        await shoot.resume()
        await shoot.live(kills=False)
        if shoot.told[-1] == "job waits":  # it never ends there, and nobody waits for it any more
            await shoot.cancel()
            await shoot.stop_jobs()
            shoot.told.append("given up")
            await decide(shoot)
            break
        if shoot.told[-1] in ("ended", "not_approved"):  # what was stopped and paid is not approved once more
            break
    assert shoot.told[-1] in (*AT_REST, "given up"), shoot.told
    return lines + await book(shoot)


async def decide(shoot: Shoot) -> None:
    """What became of each parked order, by what the vendors have for it."""
    async with shoot.process() as orders:
        parked, _ = await orders.parked.listed("local", production_id=shoot.production_id)
        for one in parked:
            books = await books_of(shoot)
            decision, job = told_by(books, one)
            await orders.parked.settle(
                one.call_key, decision, user_id="local", attempt=one.attempt, external_id=job
            )


def told_by(books: Books, parked: ParkedOrder) -> tuple[Decision, str]:
    """A job that nobody knows of is it; what never ends, or was made and lost, is given up.

    Else it never arrived.
    """
    word = next(one.word for one in books.shoot.wishes if one.order.call_key == parked.call_key)
    strange = nobodys(books, word)
    if strange:
        return "it_is_this_job", strange[-1].id
    row = books.of(word)
    assert row is not None
    if any(job.state == "running" and _is_of(row, job) for job in books.made.get(word, [])):
        return "give_up", ""
    known = [one for one in row["attempts"] if one["outcome"] not in NO_JOB | {"unknown", "sent", "lost"}]
    unnamed = [one for one in books.made.get(word, []) if not one.id]
    return ("give_up", "") if len(unnamed) > len(known) else ("it_never_arrived", "")


def _is_of(row: dict[str, Any], job: Made) -> bool:
    return bool(job.id) and str(row["external_id"]).endswith(job.id)


def nobodys(books: Books, word: str) -> list[Made]:
    """Jobs that a vendor names and our books do not have."""
    row = books.of(word)
    known = [one["external_id"] or "" for one in row["attempts"]] if row else []
    return [
        job for job in books.made.get(word, []) if job.id and not any(one.endswith(job.id) for one in known)
    ]


async def book(shoot: Shoot) -> int:
    """Every unknown price of a production as it stands on the vendor's bill."""
    books = await books_of(shoot)
    found, _ = await unknown_lines(shoot.shop.database, user_id="local", limit=100_000, offset=0)
    mine = [row for row in found if row["production_id"] == shoot.production_id]
    for line in mine:
        word = next(one.word for one in shoot.wishes if one.order.call_key == line["line"])
        micros = on_the_bill(books, word)
        await settle(shoot.shop.database, line["line"], Money(micros=micros), user_id="local")
    return len(mine)


def on_the_bill(books: Books, word: str) -> int:
    """Micro-dollars for what our books call unknown."""
    row, made = books.of(word), books.made.get(word, [])
    assert row is not None
    if all(one.id for one in made):
        unsure = {one.id for one in nobodys(books, word)}
        unsure |= {one.id for one in made if one.vendor == "fal" and one.state == "canceled"}
        if row["state"] == "submitted":
            unsure |= {one.id for one in made if _is_of(row, one)}
        return sum(one.micro_usd for one in made if one.id in unsure)
    # These vendors name no jobs: their bill has so many lines for it, of which so many are known here.
    micros: int = sum(one.micro_usd for one in made) - row["cost_actual"]
    lost = sum(one["outcome"] == "unknown" for one in row["attempts"])
    assert micros in {many * row["cost_quoted"] for many in range(lost + 1)}, books.story(word)
    return micros
