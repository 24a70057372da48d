"""The audit sees what is wrong: a day that went well is damaged, one thing after the other."""

from tests.acceptance.faults.day_set import DaySet
from tests.integration.machines.buying_worker import POSTS

DAMAGES = {
    "what does not follow": """update events
                               set payload = jsonb_set(payload, '{submit_shot,tickets,1A}', '"another"')
                               where method = 'updates' and payload -> 'submit_shot' -> 'tickets' ? '1A'""",
    "rows_of_the_log: {'what': 'projection'": "update projections set position = 0",
    "lease_left": "update productions set lease_owner = 'host:1:dead'",
    "not_settled": "update productions set status = 'running'",
    "torn_log": "update productions set last_seq = last_seq - 1",
    "torn_log: {'production_id'": "update productions set last_seq = last_seq + 5",
    "bad_ends": """delete from events where method = 'lifecycle' and payload ->> 'event' = 'completed'
                   and namespace = '{}'""",
    "out_of_order: ": """update events set run_id = (select run_id from runs where ordinal = 2)
                       where seq = 2""",
    "runs_wrong": "update runs set status = 'completed' where ordinal = 2",
    "runs_wrong: {'run_id'": "update runs set input = input - 'reply' where ordinal = 3",
    "runs_wrong: {'run_id': 'values": "update events set run_id = null where method = 'values' and seq > 90",
    "orders_without_attempts": "delete from order_attempts where call_key like '%:1B:%'",
    "steps_out_of_order": """insert into events (production_id, seq, event_id, run_id, method, payload)
                             select production_id, -seq, 'again:' || event_id, run_id, method, payload
                             from events where event_id like '%:end' and payload ->> 'name' = 'screening'""",
    "steps_out_of_order: ": """update events set seq = -seq
                               where method = 'updates' and payload ? 'wrap'""",
    "states_not_told": "delete from events where method = 'values' and payload -> 'wrapped' = 'true'",
    "steps_not_told: {'what': 'began'": """delete from events where method = 'tasks' and payload ? 'triggers'
                                           and payload ->> 'name' = 'plan'""",
    "steps_not_told: {'what': 'ended'": """delete from events where method = 'tasks'
                                           and not payload ? 'triggers' and payload ->> 'name' = 'plan'""",
    "steps_not_told: {'what': 'changed'": """delete from events where method = 'updates'
                                             and payload ? 'dailies'""",
    "steps_not_stored: {'what': 'writes'": "delete from checkpoint_writes",
    "steps_not_stored: {'what': 'value'": "delete from checkpoint_blobs where channel = 'tickets'",
    "checkpoints_without_events: {'what': 'no event'": """delete from events where ctid = (
                       select ctid from events where method = 'checkpoints' limit 1)""",
    "checkpoints_without_events: {'what': 'no checkpoint'": """delete from checkpoints where checkpoint_id = (
                       select min(checkpoint_id) from checkpoints)""",
    "gates_skipped": "delete from runs where ordinal = 5",
    "gates_wrong": """update runs set input = jsonb_set(input, '{interrupt_id}', '"nobody asked"')
                      where run_id = (select max(run_id::text)::uuid from runs where kind = 'resume')""",
    "rows_of_the_log: {'what': 'message'": "delete from agent_messages",
    "rows_of_the_log: {'what': 'media'": "delete from media_library where job_id like '%:1A:%'",
    "broken_line": """delete from checkpoints where checkpoint_id = (
                      select checkpoint_id from checkpoints where metadata ->> 'step' = '3')""",
    "order ": "update orders set state = 'submitted' where item = '1A'",
    "invoice without an order: ": "delete from orders where item = '1A'",
}
LOSSES = {
    "ended steps: 0": "delete from events where method = 'tasks'",
    "told changes: 0": "delete from events where method = 'updates'",
    "asked: None": "delete from events where method = 'input.requested'",
    "showed: None": "delete from events where method = 'custom' and payload ->> 'name' = 'media'",
    "said: 0": "delete from events where method = 'custom' and payload ->> 'name' = 'message'",
    "told last: None": "delete from events where method = 'values'",
    "has shot": """update productions set values = jsonb_set(values, '{bought}',
                   (values -> 'bought') || (values -> 'bought' -> 0))""",
    "was told": "update productions set values = jsonb_set(values, '{answers,review_1A}', '\"no gate\"')",
    "has wrapped": "update productions set values = values - 'wrapped'",
}
"""Of everything of a kind: what nothing that is left over points at any more."""

END_WELL = "update productions set status = 'completed' where status <> 'completed'"


async def test_every_damage_is_seen(day: DaySet):
    await make_one(day)
    assert day.findings() == []
    damage_files_and_books(day)
    found = set(day.findings())
    for wrong in ("no file", "another file", "nobody paid", "invoice without", "promised and not there"):
        assert wrong in " ".join(found), wrong
    for named, statement in DAMAGES.items():
        # `gates_skipped` is looked for in what has ended well only.
        if await day.database.execute(END_WELL):
            found = set(day.findings())
        new, found = await new_after(day, statement, found)
        assert [one for one in new if one.startswith(named)], named
    for named, statement in LOSSES.items():
        new, found = await new_after(day, statement, found)
        assert [one for one in new if named in one], named


async def new_after(day: DaySet, statement: str, before: set[str]) -> tuple[set[str], set[str]]:
    """What is found after this damage that was not found before it, and all that is found now."""
    await day.database.execute(statement)
    found = set(day.findings())
    return found - before, found


def damage_files_and_books(day: DaySet) -> None:
    [first, second, _] = sorted((day.folder / "media").rglob("*.png"))
    first.unlink()
    second.chmod(0o600)
    second.write_bytes(b"another picture")
    (second.parent / "left-over.png").write_bytes(b"a picture that nobody paid for")
    with (day.folder / POSTS).open("a") as book:
        book.write("an order that nobody noted\n")
    day.made.append("a production that was promised")


async def make_one(day: DaySet) -> None:
    """One shooting day on which nothing happens."""
    day.crew.seat("m0", "work")
    day.crew.seat("door", "serve", "--no-work")
    async with day.at_work():
        day.made.append(await day.visitor().make("calm"))
