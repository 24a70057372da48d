"""Stand-ins of three language-model vendors, written from recordings and documentation alone."""

from tests.standins.model_vendors.books import Books, Invoice, Kept
from tests.standins.model_vendors.brains import SENTENCE, always, dutiful, rules, script
from tests.standins.model_vendors.house import Vendors, model_vendors, model_vendors_here
from tests.standins.model_vendors.signals import Gate, Signal
from tests.standins.model_vendors.talk import Asked, Brain, Said, Tokens, Tool, ToolCall, Turn

__all__ = [
    "SENTENCE", "Asked", "Books", "Brain", "Gate", "Invoice", "Kept", "Said", "Signal", "Tokens", "Tool",
    "ToolCall", "Turn", "Vendors", "always", "dutiful", "model_vendors", "model_vendors_here", "rules",
    "script",
]  # fmt: skip
