"""What vendors of language models really said, read by our adapter."""

import pytest

from state.errors import ProviderError
from state.order import Usage
from tests.integration.models.all_cases import CASES, quoted, recorded
from tests.integration.models.cases import Case, Failed, Said, play, usage
from tests.standins.cassette_player import Exchange, exchanges, playing
from tests.unit.standins.recorded import said_in
from tools.models.base import TextEnd
from tools.models.live.asked import Reply


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
async def test_a_recorded_exchange_is_read_to_the_token(case: Case):
    async with playing(case.file, *quoted(case)) as player:
        came, booking = await play(case, player)

    assert player.missed == []
    assert [one for one in exchanges(case.file, *quoted(case)) if one not in player.left] == recorded(case)
    assert len(booking.begun) == len(booking.ended) == len(case.expects)
    for expected, reply, ended, exchange in zip(
        case.expects, came, booking.ended, recorded(case), strict=True
    ):
        if isinstance(expected, Said):
            said_so(reply, ended, expected, exchange)
        else:
            failed_so(reply, ended, expected)


def said_so(reply: Reply | ProviderError, ended: TextEnd, expected: Said, exchange: Exchange) -> None:
    assert isinstance(reply, Reply), repr(reply)
    assert reply.text.startswith(expected.text)
    assert reply.text.strip() == said_in(exchange).text.strip()
    assert bool(expected.text) is bool(reply.text)
    assert [(call.name, dict(call.arguments)) for call in reply.tool_calls] == list(expected.calls)
    assert all(call.id for call in reply.tool_calls)
    assert (reply.finish, reply.reason) == (expected.finish, expected.reason)
    assert reply.thoughts.startswith(expected.thoughts)
    assert reply.usage == usage(expected.took)
    assert ended == TextEnd(outcome="done", usage=usage(expected.took))


def failed_so(error: Reply | ProviderError, ended: TextEnd, expected: Failed) -> None:
    assert type(error) is expected.error
    assert (error.kind, error.details) == (expected.kind, {**error.details, **expected.details})
    assert expected.says in error.message
    assert ended == TextEnd(
        outcome=expected.kind, usage=None if expected.charged else Usage(), detail=error.message
    )
