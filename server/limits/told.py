"""The limits in words, for the description of the API."""

from tools.settings import Settings


def limits_in_words(settings: Settings) -> str:
    """What a user may ask for on a server with these settings, as Markdown."""
    if not settings.limits_requests:
        return "This server limits neither requests nor productions."
    rows = {
        "upload": (settings.limit_upload, "sending a picture"),
        "generate": (settings.limit_generate, "starting a production, a scene or a run, continuing one"),
        "refine": (
            settings.limit_refine,
            "answering a gate, making a scene again, a message to the fallback handler",
        ),
        "production": (settings.limit_production, "answering a gate with an approved quote"),
        "general": (settings.limit_general, "all other requests"),
    }
    table = [f"| `{name}` | {allowed} | {what} |" for name, (allowed, what) in rows.items()]
    return "\n".join(
        [
            "## Limits", "",
            "In any 60 seconds, by user, or by address where nobody signs in:", "",
            "| class | requests | what counts |", "|---|---|---|", *table, "",
            f"A user may start {settings.generations_per_hour} productions in any hour and have"
            f" {settings.concurrent_productions} at work at the same time. What goes beyond is answered with"
            " 429 and `Retry-After`, has done nothing and counts nothing."
            " `RateLimit` headers say what is left.",
        ]
    )  # fmt: skip
