"""Every recording that is played to our adapter."""

from tests.integration.models.cases import Case
from tests.integration.models.recorded_deepseek import DEEPSEEK
from tests.integration.models.recorded_google import GOOGLE
from tests.integration.models.recorded_openai import CHAT, RESPONSES
from tests.standins.cassette_player import Exchange, exchanges

CASES = [*CHAT, *RESPONSES, *GOOGLE, *DEEPSEEK]


def quoted(case: Case) -> list[str]:
    """Which of a file's quotations it plays."""
    return [case.quoted] if case.quoted else []


def recorded(case: Case) -> list[Exchange]:
    """The exchanges that it plays."""
    return exchanges(case.file, *quoted(case))[case.first : case.first + len(case.expects)]
