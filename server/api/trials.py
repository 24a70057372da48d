"""Trying a provider's key: one real call of each kind under a ceiling, with the price before."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path, Request, Response
from pydantic import ConfigDict, Field

from server.accounts.audit import note
from server.api.wire import ERRORS, Answer, Body, Wire
from server.deps import EXAMPLE_ID, House, HouseDep, ProductionId, UserDep
from server.limits.classes import counts_as, of_branch
from server.limits.guard import COUNTED
from server.trials.asked import KINDS, Kind
from server.trials.book import CallSeen, State, Trial, read, unfinished
from server.trials.plan import MOST_USD, Line, Plan, Provider, plan_of, read_provider
from server.trials.trials import Trials
from server.trials.verified import Doubt, Tried
from state.cost import Money
from state.errors import BriefIncomplete, ProviderMisconfigured, ReviewRefused
from tools.media.store import MediaStore

router = APIRouter(prefix="/api/providers", tags=["provider keys"], responses=ERRORS, dependencies=COUNTED)
EXAMPLE_QUOTE = "3f1c9a0b5d7e2468ace01357"
UNDER_WAY = "The calls are made one after the other; read the trial to see how far they are."
GOES_ON = "A trial of this provider is not over: it goes on as it was planned, and pays nothing twice."
SHOWN = "Nothing was sent. Send the same with this quoteId to buy it."


async def provider(
    provider: Annotated[str, Path(max_length=40, description="Whose key.", examples=["replicate"])],
) -> Provider:
    """The provider that the path names."""
    return read_provider(provider)


ProviderName = Annotated[Provider, Depends(provider)]


class TrialBody(Body):
    """Ask for a price, or approve it."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"spendUsd": "0.10", "kinds": ["picture"], "quoteId": EXAMPLE_QUOTE}]}
    )

    spend_usd: Annotated[Decimal, Field(ge=0, le=MOST_USD, decimal_places=6)] = Field(
        description="Dollars that it may cost at most.", examples=["0.10"]
    )
    kinds: Annotated[tuple[Kind, ...], Field(min_length=1, max_length=len(KINDS))] = Field(
        default=KINDS, description="What to try; all that the provider sells when left out."
    )
    quote_id: Annotated[str, Field(max_length=100)] | None = Field(
        default=None, description="The quote that you approve; without it nothing is sent."
    )


class TrialLineView(Wire):
    """One call, before it is made."""

    kind: Kind = Field(description="What is made.", examples=["picture"])
    model: str = Field(description="The cheapest model for it.", examples=["flux-schnell"])
    name: str = Field(description="Its name.", examples=["Flux Schnell"])
    asks_for: str = Field(description="What it is asked for.", examples=["4 s, 720p, 16:9"])
    price_usd: str = Field(description="What it costs; of text the most that it can.", examples=["0.003"])
    edition: str = Field(description="The price book's edition.", examples=["2026-11"])
    unverified: list[Doubt] = Field(description="What of the model nobody has verified.")
    tried_at: datetime | None = Field(description="When it last answered here as its card says.")


class TrialPlanView(Wire):
    """What a trial would buy."""

    provider: Provider = Field(description="Whose key.", examples=["replicate"])
    spend_usd: str = Field(description="The ceiling.", examples=["0.10"])
    total_usd: str = Field(description="What is bought costs at most.", examples=["0.033"])
    quote_id: str = Field(description="What to approve.", examples=[EXAMPLE_QUOTE])
    calls: list[TrialLineView] = Field(description="What is bought, the cheapest first.")
    left_out: list[TrialLineView] = Field(description="What does not fit under the ceiling.")
    not_sold: list[Kind] = Field(description="Kinds that this provider does not sell for words alone.")


class TrialFileView(Wire):
    """The file that was made."""

    link: str = Field(description="Where it can be fetched for an hour.")
    mime: str = Field(description="What it is by its content.", examples=["image/png"])
    size_bytes: int = Field(description="How large it is.", examples=[81234])
    width: int | None = Field(description="Pixels.", examples=[1024])
    height: int | None = Field(description="Pixels.", examples=[1024])
    duration_s: float | None = Field(description="How long it is, in seconds.", examples=[4.0])


class TrialErrorView(Wire):
    """Why a call made nothing."""

    code: str = Field(description="A stable word for programs.", examples=["provider_refused"])
    message: str = Field(description="What happened.")
    suggestion: str = Field(description="What a person can do.")


class TrialCallView(TrialLineView):
    """One call, as far as it is."""

    state: State = Field(
        description="planned, sent, running, downloaded, then checked or failed; not_sent where the key was"
        " refused before its turn.",
        examples=["checked"],
    )
    file: TrialFileView | None = Field(description="What was made; null before, and for text.")
    tokens_read: int | None = Field(description="Of text.", examples=[12])
    tokens_written: int | None = Field(description="Of text.", examples=[4])
    took_s: float | None = Field(description="Seconds from the order to the stored file.", examples=[3.2])
    billed_usd: str = Field(description="What it was billed.", examples=["0.003"])
    held_usd: str = Field(description="What is reserved for it still.", examples=["0.00"])
    unknown_usd: str = Field(description="Perhaps billed besides.", examples=["0.00"])
    error: TrialErrorView | None = Field(description="Why it made nothing.")


class TrialView(Wire):
    """A trial."""

    production_id: str | None = Field(
        description="The production that its orders are of; null while nothing is approved.",
        examples=[EXAMPLE_ID],
    )
    state: Literal["offered", "running", "unfinished", "good", "failed"] = Field(
        description="`offered`: only priced. `unfinished`: begin it again, and it goes on; nothing is paid"
        " twice. `good`: every call was checked."
    )
    repeated: bool = Field(default=False, description="Whether it was begun before and goes on.")
    plan: TrialPlanView | None = Field(default=None, description="What it would buy, while it is offered.")
    provider: Provider = Field(description="Whose key.", examples=["replicate"])
    spend_usd: str = Field(description="The ceiling.", examples=["0.10"])
    billed_usd: str = Field(description="What all its calls were billed.", examples=["0.033"])
    begun_at: datetime | None = Field(default=None, description="When it was begun.")
    ended_at: datetime | None = Field(default=None, description="When it was over.")
    calls: list[TrialCallView] = Field(default_factory=list, description="Its calls.")


@router.post("/{provider}/trial", summary="Try a provider's key")
@counts_as(of_branch)
async def try_provider(
    provider: ProviderName, body: TrialBody, house: HouseDep, user_id: UserDep, request: Request,
    response: Response,
) -> Answer[TrialView]:  # fmt: skip
    """Price one real call of each kind under a ceiling (200); again with its `quoteId`, make them (202).

    Each is an order like any other: budgets, stops and limits hold, and it stands in the books under the
    stage `trial`. One that is not over goes on within the hour, whatever is asked for.
    """
    plan = plan_of(provider, Money.usd(body.spend_usd), body.kinds)
    if body.quote_id is None:
        open_one = await unfinished(house.database, provider, user_id=user_id)
        offered = _offered(plan, await house.tried.read(), open_one, user_id=user_id)
        return Answer(data=offered, message=SHOWN if open_one is None else GOES_ON)
    _check_approval(plan, body.quote_id, user_id=user_id)
    trials = _trials(house)
    trial, new = await trials.begin(plan, user_id=user_id)
    trials.start(trial)
    response.status_code = 202
    note(request, provider=provider, spend_usd=str(body.spend_usd))
    view = trial_view(trial, house.store).model_copy(update={"repeated": not new})
    return Answer(data=view, message=UNDER_WAY if new else GOES_ON)


@router.get("/{provider}/trials/{production_id}", summary="Read a trial")
async def read_trial(
    provider: ProviderName, production_id: ProductionId, house: HouseDep, user_id: UserDep
) -> Answer[TrialView]:
    """How far each call is, what came of it, and what it was billed."""
    trial = await read(house.database, production_id, user_id=user_id)
    return Answer(data=trial_view(trial, house.store, await house.tried.read()))


def plan_view(plan: Plan, tried: Tried, *, user_id: str) -> TrialPlanView:
    """A plan as it is answered."""
    return TrialPlanView(
        provider=plan.provider, spend_usd=plan.spend.dollars(), total_usd=plan.total.dollars(),
        quote_id=plan.approval_of(user_id), calls=[_line_view(line, tried) for line in plan.lines],
        left_out=[_line_view(line, tried) for line in plan.left_out], not_sold=list(plan.not_sold),
    )  # fmt: skip


def trial_view(trial: Trial, store: MediaStore, tried: Tried | None = None) -> TrialView:
    """A trial as it is answered."""
    return TrialView(
        production_id=trial.production_id, state=trial.state, provider=read_provider(trial.provider),
        spend_usd=trial.spend.dollars(), billed_usd=trial.billed.dollars(), begun_at=trial.begun_at,
        ended_at=trial.ended_at, calls=[_call_view(call, store, tried or {}) for call in trial.calls],
    )  # fmt: skip


def _offered(plan: Plan, tried: Tried, open_one: str | None, *, user_id: str) -> TrialView:
    return TrialView(
        production_id=open_one, state="offered", plan=plan_view(plan, tried, user_id=user_id),
        provider=plan.provider, spend_usd=plan.spend.dollars(), billed_usd=Money().dollars(),
        repeated=open_one is not None,
    )  # fmt: skip


def _line_view(line: Line, tried: Tried) -> TrialLineView:
    call = line.call
    return TrialLineView(
        kind=line.kind, model=call.model, name=line.title, asks_for=line.asked,
        price_usd=line.price.dollars(), edition=call.edition, unverified=list(line.unverified),
        tried_at=tried.get((call.provider, call.model)),
    )  # fmt: skip


def _call_view(call: CallSeen, store: MediaStore, tried: Tried) -> TrialCallView:
    error = call.error
    return TrialCallView(
        **_line_view(call.line, tried).model_dump(by_alias=False), state=call.state,
        file=_file_view(call, store), took_s=call.took_s, billed_usd=call.billed.dollars(),
        held_usd=call.reserved.dollars(), unknown_usd=call.unknown.dollars(),
        tokens_read=call.usage.prompt_tokens if call.usage else None,
        tokens_written=call.usage.completion_tokens if call.usage else None,
        error=None if error is None else TrialErrorView(
            code=error["code"], message=error["message"], suggestion=error["user_action"]
        ),
    )  # fmt: skip


def _file_view(call: CallSeen, store: MediaStore) -> TrialFileView | None:
    if (media := call.media) is None:
        return None
    facts = media.model_dump(include={"mime", "size_bytes", "width", "height", "duration_s"})
    return TrialFileView(link=store.link(media.key), **facts)


def _check_approval(plan: Plan, quote_id: str, *, user_id: str) -> None:
    if not plan.lines:
        raise BriefIncomplete(
            "spendUsd: nothing of what was asked for fits under it",
            user_action="Ask for the price first: `leftOut` says what each call costs.",
        )
    if (wanted := plan.approval_of(user_id)) != quote_id:
        raise ReviewRefused(
            "The quote that was approved is not the one of this trial.",
            user_action=f"Look at the prices again, then approve quote {wanted}.",
            details={"quote_id": wanted},
        )


def _trials(house: House) -> Trials:
    if house.trials is None:
        raise ProviderMisconfigured("This process asks no providers.", kind="auth")
    return house.trials
