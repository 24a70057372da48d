"""The mails that go out beside the webhooks: a gate that waits, an endpoint that was switched off."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from server.hooks.messages import link_to

DISABLED = "webhook.disabled"
"""The type of the notice that an endpoint was switched off; it goes to its owner by mail only."""
GATE = """{question}

Greenlight waits for your answer:

{link}

You get one mail for each question. Switch them off in your profile.
"""
OFF = """Greenlight sends nothing to your webhook at {host} any more: {why}

Nothing is lost: your productions go on, and `GET /api/webhooks/{endpoint}/deliveries` lists what was not
delivered. Mend it, switch it on again, and have those sent once more that you need.
"""
WHY = {
    "gone": "it answered 410, which says that it wants no more.",
    "failing": "nothing that was sent there was taken for five days.",
}


@dataclass(frozen=True)
class Mail:
    """Subject and text."""

    subject: str
    text: str


def mail_of(notice: Mapping[str, Any], *, console: str) -> Mail:
    """The mail that tells of a notice."""
    data = notice["data"]
    if notice["type"] == DISABLED:
        told = {"host": data["host"], "endpoint": data["endpoint_id"], "why": WHY[data["reason"]]}
        return Mail("A webhook of yours was switched off", OFF.format(**told))
    title = one_line(data.get("title") or "Your production")
    asked = one_line(data.get("gate_title") or "a question")
    question = data.get("question") or f"{title}: {asked}"
    link = link_to(data["production_id"], console=console)
    return Mail(f"{title} waits for you: {asked}"[:200], GATE.format(question=question, link=link))


def one_line(text: str) -> str:
    """A subject has one line, whatever people call their films."""
    return " ".join(text.split())
