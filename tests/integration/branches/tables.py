"""Everything that stands in the tables about one production, to see whether any of it was touched."""

import json

from server.composition import Parts

TABLES = {
    "productions": "production_id", "runs": "production_id", "events": "production_id",
    "orders": "production_id", "production_files": "production_id", "agent_messages": "production_id",
    "media_library": "production_id", "novela_videos": "production_id",
    "checkpoints": "thread_id", "checkpoint_blobs": "thread_id", "checkpoint_writes": "thread_id",
}  # fmt: skip


async def everything(parts: Parts, production_id: str) -> str:
    """All rows, as text: equal before and after means untouched."""
    found = {}
    for table, key in TABLES.items():
        found[table] = await parts.tools.database.fetch_all(
            f"select to_jsonb(t) as row from {table} t where {key}::text = %s order by to_jsonb(t)::text",
            [production_id],
        )
    return json.dumps(found, default=str, sort_keys=True)
