"""A production with something to see: a script in its log, panels among its orders, an open gate."""

from typing import Any

from psycopg.types.json import Jsonb

from state.script import Character, Line, Look, Scene, Script, Shot, Slate
from tests.builders import a_staging
from tests.integration.api.conftest import Lot
from tests.integration.api.making import a_clip, a_production

ORDER = """
insert into orders (call_key, production_id, user_id, stage, item, cause, take_number, medium, provider,
    model, request, request_hash, state, owner_epoch, webhook_token, media, done_at)
values (%(key)s, %(production)s, 'local', %(stage)s, %(item)s, %(key)s, %(number)s, 'image', 'previz',
    'm', '{}', 'h', %(state)s, 1, %(key)s, %(media)s, clock_timestamp())
"""
QUOTE: dict[str, Any] = {
    "quote_id": "q1", "edition": "2025-10", "total": {"micros": 0}, "ceiling": {"micros": 0},
    "would_have_cost": {"micros": 10_240_000},
    "calls": [
        {"stage": "take", "item": "1A", "provider": "previz", "model": "previz-animatic", "unit": "call",
         "units": "1", "price": {"micros": 0}},
    ],
}  # fmt: skip


def a_script(shots: str = "AB", scenes: int = 1, **changes: Any) -> Script:
    ana = Character(name="Ana", role="the sister", look=Look(presentation="woman"))
    made = [
        Scene(number=n, title=f"Scene title {n}", summary="She finds a key.", place="Kitchen",
              shots=[a_shot(n, letter) for letter in shots])
        for n in range(1, scenes + 1)
    ]  # fmt: skip
    return Script(
        **{"title": "The Key", "logline": "A key is found.", "cast": [ana], "scenes": made, **changes}
    )


def a_shot(scene: int, letter: str) -> Shot:
    line = Line(speaker="Ana", text=f"This is {scene}{letter}.")
    return Shot(
        slate=Slate(scene=scene, shot=letter), description=f"Ana in shot {letter}.", staging=a_staging(),
        lines=[line], duration_s=2,
    )  # fmt: skip


async def told(lot: Lot, production: str, name: str, **payload: Any) -> None:
    await lot.hand.tell(production, "custom", {"name": name, "payload": payload})


async def written(lot: Lot, production: str, script: Script | None = None) -> None:
    """The script and the quote are in the log."""
    values = {"script": (script or a_script()).model_dump(mode="json"), "quote": QUOTE}
    await lot.hand.tell(production, "values", values)
    await told(lot, production, "progress", stage="writing", text="scene 1", done=0, total=1)
    await told(lot, production, "progress", stage="budget", text="1 call", done=0, total=0)


async def drawn(
    lot: Lot, production: str, slate: str, number: int = 1, *, stage: str = "storyboard", state: str = "done"
) -> str:
    """One version of a panel or take is ordered, and there unless `state` says otherwise; its media key."""
    mime = "image/png" if stage == "storyboard" else "video/mp4"
    media = a_clip(f"{stage} {slate} {number} {production}", mime=mime)
    params = {
        "key": f"{production}:{stage}:{slate}:{number}", "production": production, "stage": stage,
        "item": slate, "number": number, "state": state,
        "media": Jsonb(media.model_dump(mode="json")) if state == "done" else None,
    }  # fmt: skip
    await lot.database.execute(ORDER, params)
    return media.key


async def at_storyboard(
    lot: Lot, *, title: str = "The Key", prices: dict[str, dict[str, int]] | None = None, **more: Any
) -> str:
    """A production whose panels wait for a person; its id. `more` is what each item says besides."""
    production = await a_production(lot)
    await written(lot, production, a_script(title=title))
    await told(lot, production, "progress", stage="storyboard", text="2 panels drawn", done=2, total=2)
    items = []
    for slate in ("1A", "1B"):
        await drawn(lot, production, slate)
        media = a_clip(f"storyboard {slate} 1 {production}", mime="image/png").model_dump(mode="json")
        items.append(
            {
                "item": slate,
                "title": f"Shot {slate}",
                "text": f"Ana in {slate}.",
                "media": media,
                "prices": prices or {},
                **more,
            }
        )
    await lot.runs.open_gate(production, "review_storyboard", **{"items": items})
    return production


async def at_budget(lot: Lot) -> str:
    """A production whose quote waits for a person; its id."""
    production = await a_production(lot)
    await written(lot, production)
    text = "1 call for $0.00, at most $0.00. On wan-2.5-t2v-fast and flux-schnell it would cost $10.24."
    item = {"item": "budget", "title": "Budget", "text": text, "media": None}
    await lot.runs.open_gate(production, "approve_budget", **{"items": [item], "quote": QUOTE})
    return production
