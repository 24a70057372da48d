"""The demo's episode: wall time by stage against its length, and what it leaves in the database.

Uses a data folder of its own. The floor is the episode itself: a stage that takes as long
as the film is watched has the ratio 1.
"""

import asyncio
import json
import sys
import tempfile
from collections import defaultdict
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from server.composition import Parts, open_parts
from tools.settings import Settings

ROOT = Path(__file__).parents[1]
TABLES = {
    "checkpoints": "checkpoints",
    "channel values": "checkpoint_blobs",
    "pending writes": "checkpoint_writes",
    "events": "events",
    "orders": "orders",
}


def main(brief_file: Path) -> int:
    """Make the episode once and print both tables."""
    brief = json.loads(brief_file.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory(prefix="greenlight-bench-") as folder:
        Path(folder).chmod(0o755)
        return asyncio.run(_measure(brief, Path(folder)))


async def _measure(brief: dict[str, object], folder: Path) -> int:
    async with open_parts(Settings(data_dir=folder)) as parts:
        production, stages, wall_s = await _made(parts, brief)
        state = await parts.house.runs.state(user_id="local", production_id=production)
        if state.status != "completed":
            print(f"the episode {state.status}: {state.error}")
            return 1
        length_s = float(state.values["deliverables"]["master.mp4"]["duration_s"])
        _print_stages(stages, wall_s, length_s)
        await _print_sizes(parts)
    return 0


async def _made(parts: Parts, brief: dict[str, object]) -> tuple[str, dict[str, float], float]:
    accepted = await parts.house.runs.start(
        user_id="local", graph="novela", title=str(brief["title"]), brief=brief, context={"review": "auto"}
    )
    stages: dict[str, float] = defaultdict(float)
    began: datetime | None = None
    last: datetime | None = None
    stage = "start"
    async for event in parts.house.events.follow(accepted.production_id, until_end=True):
        began = began or event.at
        if last is not None:
            stages[stage] += (event.at - last).total_seconds()
        last = event.at
        if event.method == "custom" and event.payload.get("name") == "progress":
            stage = str(event.payload["payload"]["stage"])
    wall_s = (last - began).total_seconds() if began and last else 0.0
    return accepted.production_id, stages, wall_s


def _print_stages(stages: dict[str, float], wall_s: float, length_s: float) -> None:
    table = Table("stage", "seconds", "of the episode's length", title=f"An episode of {length_s:.1f} s")
    for stage, seconds in stages.items():
        table.add_row(stage, f"{seconds:.1f}", f"{seconds / length_s:.2f}")
    table.add_row("all", f"{wall_s:.1f}", f"{wall_s / length_s:.2f}")
    Console().print(table)


async def _print_sizes(parts: Parts) -> None:
    table = Table("table", "rows", "kB", title="What one episode leaves in the database")
    for title, name in TABLES.items():
        sql = f"select coalesce(sum(pg_column_size(t.*)), 0) as bytes, count(*) as rows from {name} t"
        row = await parts.tools.database.fetch_one(sql)
        if row is not None:
            table.add_row(title, str(row["rows"]), f"{int(row['bytes']) / 1000:.0f}")
    Console().print(table)


if __name__ == "__main__":
    chosen = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "examples" / "novela.json"
    sys.exit(main(chosen))
