"""Looking for a job whose id was lost, by fal's list of requests.

The list holds what has ended: one that runs is in none, and fal says that it may run as long as it needs.
So a match is told at once, and where every job that is well would be listed and none is, nobody can tell.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from state.errors import ProviderError
from state.media import MediaRef
from tools.clock import Clock
from tools.engines.base import CannotTell
from tools.engines.calling import current_calling
from tools.engines.catalog import ModelCard
from tools.engines.fal.failures import made, request_error
from tools.engines.fal.places import ID, JobName
from tools.engines.fal.wishes import Wish
from tools.engines.live.wire import Wire
from tools.resilience.retry import READ_AGAIN

LIST = "/v1/models/requests/by-endpoint"
EVERY_S = 5.0
LISTED_AFTER_S = 60.0
"""How long after its end a job may still be missing in the list."""
MAY_STILL_RUN = "fal lists only jobs that have ended: this one is not among them, and may still run"
PAGE, MOST_PAGES = 100, 50
LOOKS_LOST = 5
DIGEST = re.compile(r"[0-9a-f]{64}")


class Search:
    """Finds jobs by their input."""

    def __init__(self, api: Wire, clock: Clock) -> None:
        self._api, self._clock = api, clock

    async def find(self, wish: Wish, since: datetime) -> list[str]:
        """External ids of the jobs with this input that no order has; empty only where none was sent here.

        Raises:
            CannotTell: nothing is listed, and a request has left; or this key may not see the list, or the
                list hides what jobs were asked for.
            ProviderError: it cannot be asked now.
        """
        # From when it must have left, not from `since`: the order may have waited long before that.
        sent_ago_s = current_calling.get().sent_ago_s
        end, lost = self._clock.monotonic() + max(0.0, listed_after_s(wish.card) - (sent_ago_s or 0.0)), 0
        while True:
            pause_s = EVERY_S
            over = self._clock.monotonic() >= end
            try:
                listed, hidden = await self._look(wish, since)
                found = await current_calling.get().unowned(listed)
            except ProviderError as error:
                lost += 1
                if error.kind not in READ_AGAIN or (over and lost >= LOOKS_LOST):
                    raise
                pause_s = max(EVERY_S, error.details.get("retry_after_s", 0))
            else:
                lost = 0
                if found:
                    return found
                if over:
                    return _none(hidden=hidden, has_left=sent_ago_s is not None)
            await current_calling.get().pause(pause_s)

    async def _look(self, wish: Wish, since: datetime) -> tuple[list[str], bool]:
        """The matches, and whether there is a job that cannot be compared."""
        found, hidden = [], False
        for item in await self._items(wish.endpoint, since):
            request_id, given = item.get("request_id"), item.get("json_input")
            if not isinstance(request_id, str) or not re.fullmatch(ID, request_id) or _is_older(item, since):
                continue
            if not isinstance(given, dict):
                hidden = True
            elif is_input_of(wish, given):
                found.append(str(JobName.listed(wish.endpoint, request_id)))
        return found, hidden

    async def _items(self, endpoint: str, since: datetime) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = []
        asked = {"endpoint_id": endpoint, "start": _stamp(since), "limit": PAGE, "expand": "payloads"}
        for _ in range(MOST_PAGES):
            answer = await self._api.get(LIST, params=asked)
            if not answer.is_good:
                raise self._refused(request_error(answer, self._clock.now()), answer.status)
            page = answer.json()
            listed = page.get("items")
            if not isinstance(listed, list):
                raise made("ambiguous", "fal sent a list of requests that is none.")
            items += [one for one in listed if isinstance(one, dict)]
            if not page.get("has_more") or not page.get("next_cursor"):
                return items
            asked = {**asked, "cursor": page["next_cursor"]}
        raise CannotTell("fal's list is too long to be read")

    def _refused(self, error: ProviderError, status: int) -> Exception:
        if status in (403, 404) and error.kind != "no_credit":
            return CannotTell(f"this key may not see fal's list of requests: {error.message}")
        return error


def _none(*, hidden: bool, has_left: bool) -> list[str]:
    """Where nothing is listed: proof enough of a request that another place may have sent, not of our own."""
    if hidden:
        raise CannotTell("fal's list does not show what its jobs were asked for")
    if has_left:
        raise CannotTell(MAY_STILL_RUN)
    return []


def listed_after_s(card: ModelCard) -> float:
    """How long after it was sent a job that is well is in the list.

    We ask fal to start it within `starts_in_s` or not at all, and expect it to end within `ends_in_s`.
    Nothing that we can send makes it end.
    """
    return card.starts_in_s + card.ends_in_s + LISTED_AFTER_S


def is_input_of(wish: Wish, given: Mapping[str, Any]) -> bool:
    """Whether a job's input is the wish's: every field that was sent. What else is there are defaults."""
    fits = all(name in given and given[name] == value for name, value in wish.body.items())
    return fits and all(_may_hold(given.get(name), media) for name, media in wish.files.items())


def _may_hold(address: object, media: MediaRef) -> bool:
    """Our uploads carry their digest in their names. A name that carries none may be any file's."""
    if not isinstance(address, str):
        return False
    digests = DIGEST.findall(address)
    return not digests or media.sha256 in digests


def _is_older(item: Mapping[str, Any], since: datetime) -> bool:
    try:
        sent_at = datetime.fromisoformat(str(item.get("sent_at")))
    except ValueError:
        return False
    return sent_at.replace(tzinfo=sent_at.tzinfo or UTC) < since


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
