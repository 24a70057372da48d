"""A mark tells one key of a process from another, and nothing else."""

from pydantic import SecretStr

from tools.vault.key_marks import KeyMarks

KEY, OTHER = SecretStr("r8_first-key-of-the-tests-0000"), SecretStr("r8_second-key-of-the-tests-000")


async def test_the_same_key_gives_an_order_the_same_mark_in_every_process() -> None:
    assert await KeyMarks().of("replicate", KEY, "order") == await KeyMarks().of("replicate", KEY, "order")


async def test_another_key_another_order_and_another_provider_give_another() -> None:
    marks = KeyMarks()
    said = [
        await marks.of("replicate", KEY, "order"),
        await marks.of("replicate", KEY, "another order"),
        await marks.of("fal", KEY, "order"),
        await marks.of("replicate", OTHER, "order"),
    ]
    assert len({*said}) == 4
    assert await marks.of("replicate", KEY, "order") == said[0]


async def test_a_mark_is_short_and_has_nothing_of_the_key() -> None:
    mark = await KeyMarks().of("replicate", KEY, "order")
    assert (len(mark), bytes.fromhex(mark).hex()) == (32, mark)
    assert KEY.get_secret_value() not in mark
