"""The audit sees what is wrong: a day that went well is damaged, one thing after the other."""

from tests.acceptance.faults.day_set import DaySet
from tests.integration.machines.buying_worker import POSTS

DAMAGES = {
    "lease_left": "update productions set lease_owner = 'host:1:dead'",
    "not_settled": "update productions set status = 'running'",
    "torn_log": "update productions set last_seq = last_seq - 1",
    "bad_ends": """delete from events where method = 'lifecycle' and payload ->> 'event' = 'completed'
                   and namespace = '{}'""",
    "out_of_order": """update events set run_id = (select run_id from runs order by ordinal desc limit 1)
                       where seq = 2""",
    "checkpoints_without_events: {'what': 'no event'": """delete from events where ctid = (
                       select ctid from events where method = 'checkpoints' limit 1)""",
    "checkpoints_without_events: {'what': 'no checkpoint'": """delete from checkpoints where checkpoint_id = (
                       select min(checkpoint_id) from checkpoints)""",
    "gates_wrong": """update runs set input = jsonb_set(input, '{interrupt_id}', '"nobody asked"')
                      where run_id = (select max(run_id::text)::uuid from runs where kind = 'resume')""",
    "gates_skipped": "delete from runs where input ->> 'interrupt_id' = 'nobody asked'",
    "rows_of_the_log: {'what': 'message'": "delete from agent_messages",
    "rows_of_the_log: {'what': 'media'": "delete from media_library",
    "rows_of_the_log: {'what': 'projection'": "update projections set position = 0",
    "order ": "update orders set state = 'submitted' where item = '1A'",
    "invoice without an order: ": "delete from orders where item = '1A'",
}


async def test_every_damage_is_seen(day: DaySet):
    await make_one(day)
    assert day.findings() == []
    damage_files_and_books(day)
    found = " ".join(day.findings())
    for wrong in ("no file", "another file", "invoice without", "promised and not there"):
        assert wrong in found, wrong
    for named, statement in DAMAGES.items():
        # `gates_skipped` is looked for in what has ended well only.
        await day.database.execute("update productions set status = 'completed'")
        await day.database.execute(statement)
        assert [one for one in day.findings() if one.startswith(named)], named


def damage_files_and_books(day: DaySet) -> None:
    [first, second, _] = sorted((day.folder / "media").rglob("*.png"))
    first.unlink()
    second.chmod(0o600)
    second.write_bytes(b"another picture")
    with (day.folder / POSTS).open("a") as book:
        book.write("an order that nobody noted\n")
    day.made.append("a production that was promised")


async def make_one(day: DaySet) -> None:
    """One shooting day on which nothing happens."""
    day.crew.seat("m0", "work")
    day.crew.seat("door", "serve", "--no-work")
    async with day.at_work():
        day.made.append(await day.visitor().make("calm"))
