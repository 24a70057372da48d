"""What goes wrong in a storm: dealt to a share of what reaches the vendors, the rarest kind first.

That something has happened the vendors' own books say: what was dealt may meet nobody.
"""

import random
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from tests.integration.storms.lot import Lot
from tests.standins.job_vendors import Deck as JobDeck
from tests.standins.job_vendors import Fault as JobFault
from tests.standins.job_vendors import faults as of_jobs
from tests.standins.media_vendors import faults as of_media
from tests.standins.media_vendors.models import MediaModel
from tests.standins.model_vendors.faults import Fault, Stage, closed_unread
from tests.standins.previz_farm import Fault as FarmFault

ASKED_FOR = (
    "drop after accept", "timeout", "429 with a hint", "429 without a hint", "5xx", "garbage", "late",
    "never", "wrong media", "expired address", "refusal", "empty success", "filtered video", "truncated file",
    "slow trickle",
)  # fmt: skip
"""Each of them has to be shown."""
BESIDE = ("never read", "died", "look lost", "download cut")
EVERYTHING = (*ASKED_FOR, *BESIDE)
Happened = Counter[tuple[str, str]]
"""By vendor and kind."""
JOBS: dict[str, tuple[JobFault, ...]] = {
    "drop after accept": (of_jobs.dropped(),), "timeout": (of_jobs.hangs(),),
    "429 with a hint": (of_jobs.busy(5),), "429 without a hint": (of_jobs.busy(None),),
    "5xx": (of_jobs.server_error(), of_jobs.server_error(503, accepted=True), of_jobs.gateway_page(),
            of_jobs.gateway_page(504, accepted=True)),
    "garbage": (of_jobs.garbage(), of_jobs.empty_body()), "late": (of_jobs.late(60),),
    "never": (of_jobs.never(),),
    "wrong media": (of_jobs.wrong_kind(), of_jobs.wrong_size(), of_jobs.wrong_duration(), of_jobs.black(),
                    of_jobs.silent()),
    "expired address": (of_jobs.expired(),), "refusal": (of_jobs.refused(),),
    "empty success": (of_jobs.empty_success(),), "filtered video": (of_jobs.filtered_video(),),
    "truncated file": (of_jobs.truncated(), of_jobs.no_bytes()), "slow trickle": (of_jobs.trickle(),),
    "never read": (of_jobs.unread(),), "died": (of_jobs.failed(),), "download cut": (of_jobs.cut(),),
    "look lost": (of_jobs.dropped("look"), of_jobs.busy(at="look"), of_jobs.server_error(at="look"),
                  of_jobs.garbage(at="look")),
}  # fmt: skip
ONLY: dict[str, tuple[str, ...]] = {
    "wrong_size": ("image", "video"), "black": ("image", "video"), "wrong_duration": ("video", "music"),
    "filtered_video": ("video",), "silent": ("music",),
}  # fmt: skip
"""What can happen to some of what Replicate and fal make."""
NO_HINT = "without a hint"
MEDIA: dict[str, tuple[Fault, ...]] = {
    "drop after accept": (of_media.closed_unanswered(),), "timeout": (of_media.answer_hangs(),),
    "429 with a hint": (of_media.busy(1),),
    "429 without a hint": (replace(of_media.busy(None), form=NO_HINT),),
    "5xx": (of_media.server_error(), of_media.server_error(502, billed=True), of_media.gateway_page(),
            of_media.overloaded()),
    "garbage": (of_media.broken_json(), of_media.empty_body()), "late": (of_media.late(30),),
    "never": (of_media.never(),),
    "wrong media": (of_media.wrong_media(), of_media.wrong_duration(), of_media.black(), of_media.silent()),
    "expired address": (of_media.expired(),), "refusal": (of_media.refused(),),
    "empty success": (of_media.nothing_made(),), "filtered video": (of_media.filtered(),),
    "truncated file": (of_media.truncated(),), "slow trickle": (of_media.trickle(1),),
    "never read": (closed_unread(),), "died": (of_media.job_failed(),),
    "download cut": (of_media.cut(), of_media.met_at("download", of_media.cut())),
    "look lost": tuple(of_media.met_at("poll", one) for one in (
        of_media.busy(1), of_media.server_error(), of_media.closed_unanswered(), of_media.broken_json())),
}  # fmt: skip
AT_THE_FARM: dict[str, FarmFault] = {
    "drop after accept": FarmFault("drop"),
    "429 with a hint": FarmFault("reject", retry_after="1"),
    "429 without a hint": FarmFault("reject"),
    "5xx": FarmFault("error_after", 503),
    "never read": FarmFault("error_before", 502),
}
LATER = 0.3
"""How much rarer than an order a look or a download meets something."""
BILLS_NOTHING_MADE = ("openai",)
"""Who is said to bill an answer with nothing in it: there our books count it."""


@dataclass(frozen=True)
class Option:
    """A kind, and one form of it."""

    kind: str
    fault: Any


class Sky:
    """Over all vendors: which kind comes next is one decision for them together."""

    def __init__(
        self, lot: Lot, *, seed: int, share: float, kinds: Collection[str] = EVERYTHING,
        before: Happened | None = None,
    ) -> None:  # fmt: skip
        """`before` is what has happened under other skies, and need not happen so soon again."""
        self.lot, self.share, self._of = lot, share, kinds
        self._before = before or Counter()
        self._dice = random.Random(f"sky {seed}")  # noqa: S311 - no secret
        self._dealt: Happened = Counter()
        rarest = sorted(AT_THE_FARM, key=lambda kind: self._before["previz", kind])
        lot.planned += [kind for kind in rarest if kind in kinds and self.falls(share)]
        lot.farm.faults.extend(AT_THE_FARM[kind] for kind in lot.planned)
        for vendor in lot.jobs.all:
            vendor.deck = OverJobs(self, vendor.name)
        for desk in lot.media.desks:
            desk.deck = OverMedia(self, desk.vendor.name)

    def falls(self, chance: float) -> bool:
        """Whether something happens."""
        return self._dice.random() < chance

    def next(self, vendor: str, options: Iterator[Option]) -> Option | None:
        """The kind that was rarest so far, at this vendor, then anywhere."""
        found = [one for one in options if one.kind in self._of]
        if not found:
            return None
        kinds = sorted({one.kind for one in found})
        seen = self._before + self._dealt
        everywhere = Counter[str]()
        for (_, kind), many in seen.items():
            everywhere[kind] += many
        kind = min(kinds, key=lambda one: (seen[vendor, one], everywhere[one], self._dice.random()))
        self._dealt[vendor, kind] += 1
        return self._dice.choice([one for one in found if one.kind == kind])


class OverJobs(JobDeck):
    """As Replicate and fal ask for it, once for each order."""

    def __init__(self, sky: Sky, vendor: str) -> None:
        super().__init__(0, sky.share)
        self._sky, self._vendor = sky, vendor

    def deal(self, model: str) -> list[JobFault]:
        makes = self._sky.lot.jobs.replicate if self._vendor == "replicate" else self._sky.lot.jobs.fal
        medium = makes.models[model].makes
        if not self._sky.falls(self.share):
            return []
        options = (
            Option(kind, one)
            for kind, forms in JOBS.items()
            for one in forms
            if medium in ONLY.get(one.kind, (medium,))
        )
        option = self._sky.next(self._vendor, options)
        return [] if option is None else [replace(option.fault, model=model)]


class OverMedia(of_media.Deck):
    """As Google and OpenAI ask for it, for each call of an order."""

    def __init__(self, sky: Sky, vendor: str) -> None:
        super().__init__(0, sky.share, [])
        self._sky, self._vendor = sky, vendor

    def draw(self, vendor: str, model: MediaModel, stage: Stage, order: dict[str, Any]) -> Fault | None:
        if not self._sky.falls(self.share * (1 if stage == "submit" else LATER)):
            return None
        option = self._sky.next(self._vendor, self._fitting(model, stage, order))
        if option is None:
            return None
        if option.kind == "never read":  # it meets the next one
            seller = self._sky.lot.media.google if vendor == "google" else self._sky.lot.media.openai
            seller.faults.insert(0, option.fault)
            return None
        if option.kind == "empty success" and vendor in BILLS_NOTHING_MADE:
            return replace(option.fault, billed=True)
        return option.fault  # type: ignore[no-any-return]  # one of MEDIA

    def _fitting(self, model: MediaModel, stage: Stage, order: dict[str, Any]) -> Iterator[Option]:
        for kind, forms in MEDIA.items():
            for one in forms:
                unread = one.kind == "unread" and stage == "submit"
                slow_clip = kind in ("slow trickle", "download cut") and model.kind == "clip"
                at_its_time = not slow_clip or stage == "download"
                if unread or (at_its_time and of_media.fits(one, self._vendor, model, stage, order)):
                    yield Option(kind, one)


def happened(lot: Lot) -> Happened:
    """What the vendors' books say that has happened."""
    found: Happened = Counter()
    for met in lot.jobs.books.met:
        found[met.vendor, _kind_of_job(met.kind, met.at)] += 1
    for one in lot.media.books.met:
        found[one.vendor, _kind_of_media(one.fault, one.stage)] += 1
    for kind in lot.planned[: len(lot.planned) - len(lot.farm.faults)]:
        found["previz", kind] += 1
    return found


def _kind_of_job(kind: str, at: str) -> str:
    if at == "look":
        return "look lost"
    if kind.startswith("status 429"):
        return f"429 {NO_HINT}" if NO_HINT in kind else "429 with a hint"
    if kind.startswith(("status 5", "page 5")):
        return "5xx"
    return next(name for name, forms in JOBS.items() if kind in (one.kind for one in forms))


def _kind_of_media(fault: str, stage: str) -> str:
    kind, _, told = fault.partition(" ")
    if stage == "poll":
        return "look lost"
    if told.startswith("429"):
        return f"429 {NO_HINT}" if NO_HINT in told else "429 with a hint"
    if told.startswith("5") and kind in ("status", "page"):
        return "5xx"
    return next(name for name, forms in MEDIA.items() if kind in (one.kind for one in forms))


def table(found: Mapping[tuple[str, str], int], vendors: tuple[str, ...]) -> str:
    """A line for each kind, a column for each vendor."""
    lines = [f"{'':20}" + "".join(f"{vendor:>11}" for vendor in vendors)]
    for kind in EVERYTHING:
        counts = [found.get((vendor, kind), 0) for vendor in vendors]
        lines.append(f"{kind:20}" + "".join(f"{many or '-':>11}" for many in counts))
    return "\n".join(lines)
