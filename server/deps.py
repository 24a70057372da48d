"""What a request may use: the house's parts, and who is asking."""

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Annotated, Any, Protocol, cast
from uuid import UUID

from fastapi import Depends, Path, Request, Security
from fastapi.security import APIKeyHeader, HTTPBearer

from server.accounts.accounts import Accounts
from server.accounts.visitor import LOCAL, LOCAL_USER, Visitor
from server.cuts.preview_room import PreviewRoom
from server.hearing import Hearing
from server.hooks.deliveries import Deliveries
from server.hooks.opening import open_deliveries
from server.limits.window import Windows
from server.records.feed import NovelaBells
from server.records.items import Items
from server.records.sessions import Session, Sessions
from server.runs.graph_spec import GraphSpec
from server.specs import graph_specs
from server.sse import StreamLimits
from server.threads.parts import Threads
from server.trials.trials import Trials
from server.trials.tried import LastTried
from server.vitals.figures import Figures
from server.vitals.text_model import SeenModel
from server.vitals.vitals import Listens, Vitals
from server.voiceovers.voiceovers import Voiceovers
from state.errors import AccountsOff, NotAllowed, RecordNotFound, SettingInvalid, SignInNeeded
from state.priority import Priority
from tools.clock import SystemClock
from tools.db.pool import Database
from tools.engine_keys import ProvidersKeys
from tools.ledger.ledger import Ledger
from tools.media.links import LinkSigner, link_secrets
from tools.media.store import MediaStore
from tools.orders.desk import Desk
from tools.orders.doorbell import Doorbell, open_doorbell
from tools.orders.parked import ParkedOrders
from tools.orders.place import Orders
from tools.settings import Settings
from tools.vault.provider_keys import ProviderKeys, open_provider_keys

__all__ = ["LOCAL_USER"]
EXAMPLE_ID = "7c4a8d09-ca37-4b0e-9f2d-0a1b2c3d4e5f"


class Accepted(Protocol):
    """A run that was written down before anybody was told."""

    @property
    def production_id(self) -> str: ...
    @property
    def run_id(self) -> str: ...
    @property
    def repeated(self) -> bool: ...


class State(Protocol):
    """Where a production stands."""

    @property
    def status(self) -> str: ...
    @property
    def stage(self) -> str: ...
    @property
    def values(self) -> dict[str, Any]: ...
    @property
    def context(self) -> dict[str, Any]: ...
    @property
    def interrupts(self) -> list[dict[str, Any]]: ...
    @property
    def error(self) -> dict[str, Any] | None: ...
    @property
    def seq(self) -> int: ...


class RunsApi(Protocol):
    """Starts, answers, resumes and cancels; `server.runs` keeps the promise."""

    async def start(
        self,
        *,
        user_id: str,
        graph: str,
        title: str,
        brief: dict[str, Any],
        context: dict[str, Any],
        novela_id: str | None = None,
        episode_number: int | None = None,
        production_id: str | None = None,
        idempotency_key: str = "",
        priority: Priority = "normal",
    ) -> Accepted: ...

    async def answer(
        self, *, user_id: str, production_id: str, interrupt_id: str | None, reply: dict[str, Any]
    ) -> Accepted: ...

    async def resume(
        self, *, user_id: str, production_id: str, context: Mapping[str, Any] | None = None
    ) -> Accepted: ...

    async def cancel(self, *, user_id: str, production_id: str) -> None: ...

    async def state(self, *, user_id: str, production_id: str) -> State: ...


class LoggedEvent(Protocol):
    """One event of a production's log."""

    @property
    def seq(self) -> int: ...
    @property
    def event_id(self) -> str: ...
    @property
    def run_id(self) -> str | None: ...
    @property
    def namespace(self) -> tuple[str, ...]: ...
    @property
    def method(self) -> str: ...
    @property
    def payload(self) -> Any: ...
    @property
    def at(self) -> datetime: ...


class EventFeed(Protocol):
    """Reads the event log, live."""

    @property
    def tail(self) -> Listens: ...

    def follow(
        self,
        production_id: str,
        *,
        after: int = 0,
        until_end: bool = False,
        owner: str | None = None,
        begins: bool = False,
        gaps: bool = False,
    ) -> AsyncGenerator[LoggedEvent, None]: ...


@dataclass(frozen=True, kw_only=True)
class House:
    """The parts that one process is made of."""

    settings: Settings
    database: Database
    store: MediaStore
    runs: RunsApi
    events: EventFeed
    threads: Threads
    sessions: Sessions
    bells: NovelaBells
    slots: int = 0
    """Worker slots of this process; none where it only serves."""
    limits: StreamLimits = field(default_factory=StreamLimits)
    accounts: Accounts | None = None
    """None where there are none: then whoever asks is the one local user."""
    windows: Windows | None = None
    """What limits requests; None when nothing does."""
    specs: Mapping[str, GraphSpec] = field(default_factory=graph_specs)
    """The graphs that can be started here, by name."""
    orders: Orders | None = None
    """Whoever orders in this process; None where nothing is open that could."""
    trials: Trials | None = None
    """Tries providers' keys out; None as well."""
    voiceovers: Voiceovers | None = None
    """Has lines spoken for cuts; None as well."""

    def __post_init__(self) -> None:
        if self.settings.auth_mode == "token" and self.accounts is None:
            raise SettingInvalid(
                "GREENLIGHT_AUTH_MODE is `token`, and this house was opened without accounts."
            )

    @cached_property
    def items(self) -> Items:
        """LangGraph's store: a shelf for each user."""
        return Items(self.database)

    @cached_property
    def provider_keys(self) -> ProviderKeys:
        """Users' own keys of providers."""
        clock = self.accounts.clock if self.accounts is not None else SystemClock()
        return open_provider_keys(self.settings, self.database, clock)

    @cached_property
    def parked(self) -> ParkedOrders:
        """Orders of unknown fate. Where nobody orders, no provider can be asked about one."""
        if self.orders is not None:
            return self.orders.parked
        return ParkedOrders(Desk(ledger=Ledger(self.database), store=self.store, engines={}))

    @cached_property
    def tried(self) -> LastTried:
        """Which models a trial has had an answer of."""
        return LastTried(self.database)

    @cached_property
    def vitals(self) -> Vitals:
        """How this process is."""
        model = SeenModel(self.settings.openai_model)
        return Vitals(database=self.database, store=self.store, ear=self.events.tail, text_model=model)

    @cached_property
    def hearing(self) -> Hearing:
        """What sounds look like and where their beats are."""
        return Hearing()

    @cached_property
    def upload_links(self) -> LinkSigner:
        """Signs addresses that a file may be sent to."""
        return LinkSigner(link_secrets(self.settings), self.accounts.clock if self.accounts else None)

    @cached_property
    def preview_room(self) -> PreviewRoom:
        """Where parts of cuts are rendered to be looked at."""
        return PreviewRoom()

    @cached_property
    def figures(self) -> Figures:
        """What it counts."""
        return Figures(self.database, self.vitals, slots=self.slots)

    @cached_property
    def doorbell(self) -> Doorbell:
        """Where providers ring for orders."""
        clock = self.accounts.clock if self.accounts is not None else SystemClock()
        keys = ProvidersKeys(self.provider_keys, self.settings)
        return open_doorbell(self.settings, self.database, clock, keys=keys)

    @cached_property
    def webhooks(self) -> Deliveries:
        """Users' webhooks, and what was sent to them."""
        clock = self.accounts.clock if self.accounts is not None else SystemClock()
        return open_deliveries(self.settings, self.database, clock, open_vault=self.provider_keys.vault)


async def get_house(request: Request) -> House:
    """The house of this app."""
    return cast(House, request.app.state.house)


HouseDep = Annotated[House, Depends(get_house)]


SAID_BY = (
    Security(HTTPBearer(auto_error=False, description="An access token or an API token.")),
    Security(APIKeyHeader(name="X-Api-Key", auto_error=False, description="An API token.")),
)
"""For the description only: the door has read them long before."""


async def get_visitor(
    request: Request, house: HouseDep, bearer: Any = SAID_BY[0], key: Any = SAID_BY[1]
) -> Visitor:
    """Who is asking, as the door found out. Without accounts there is one user.

    Raises:
        SignInNeeded: there are accounts, and this one is nobody's.
    """
    if house.accounts is None:
        return LOCAL
    visitor: Visitor | None = getattr(request.state, "visitor", None)
    if visitor is None:
        raise SignInNeeded()
    return visitor


VisitorDep = Annotated[Visitor, Depends(get_visitor)]


async def get_session(house: HouseDep, visitor: VisitorDep) -> Session:
    """The session of who is asking; every call moves it."""
    return await house.sessions.touch(visitor.user_id)


SessionDep = Annotated[Session, Depends(get_session)]


async def get_user(session: SessionDep) -> str:
    """The id of who is asking: every query is by it."""
    return session.user_id


UserDep = Annotated[str, Depends(get_user)]


async def get_admin(visitor: VisitorDep) -> str:
    """The id of who is asking, who runs this server.

    Raises:
        NotAllowed: somebody else.
    """
    if visitor.role != "admin":
        raise NotAllowed("Only an administrator may do that.")
    return visitor.user_id


AdminDep = Annotated[str, Depends(get_admin)]


async def get_accounts(house: HouseDep) -> Accounts:
    """The accounts of this server.

    Raises:
        AccountsOff: it has none.
    """
    if house.accounts is None:
        raise AccountsOff()
    return house.accounts


AccountsDep = Annotated[Accounts, Depends(get_accounts)]


def read_id(text: str) -> str:
    """An id from a path. What is no id names nothing, so it is not found rather than wrong.

    Raises:
        RecordNotFound: it cannot be the id of anything.
    """
    try:
        return str(UUID(text))
    except ValueError:
        raise RecordNotFound("Nothing has this id.") from None


async def production_id(
    production_id: Annotated[str, Path(description="The production's id.", examples=[EXAMPLE_ID])],
) -> str:
    """The production that the path names."""
    return read_id(production_id)


async def novela_id(
    novela_id: Annotated[str, Path(description="The novela's id.", examples=[EXAMPLE_ID])],
) -> str:
    """The novela that the path names."""
    return read_id(novela_id)


async def media_id(
    media_id: Annotated[str, Path(description="The item's id in the library.", examples=[EXAMPLE_ID])],
) -> str:
    """The item of the library that the path names."""
    return read_id(media_id)


async def video_id(
    video_id: Annotated[str, Path(description="The video's id.", examples=[EXAMPLE_ID])],
) -> str:
    """The scene's video that the path names."""
    return read_id(video_id)


ProductionId = Annotated[str, Depends(production_id)]
MediaId = Annotated[str, Depends(media_id)]
NovelaId = Annotated[str, Depends(novela_id)]
VideoId = Annotated[str, Depends(video_id)]
