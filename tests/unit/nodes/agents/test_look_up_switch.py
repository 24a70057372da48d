"""The run context switches documentation look-up off."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from nodes.agents.crew import Crew
from nodes.agents.look_up import look_up
from state.context import RunContext
from tests.fake_models import Recorder
from tools.models.offline import OfflineWriter


@pytest.mark.parametrize(("documentation", "search"), [(True, look_up), (False, None)])
def test_fallback_handler_looks_up_only_where_the_context_says_so(documentation: bool, search: object):
    models = SimpleNamespace(for_role=lambda *_, **__: OfflineWriter())
    tools = SimpleNamespace(orders=Recorder(), clock=None, models=models)
    info = SimpleNamespace(thread_id="p", task_id="t")
    runtime = SimpleNamespace(context=RunContext(documentation=documentation), execution_info=info)
    crew = Crew(cast(Any, tools), cast(Any, runtime))
    assert crew._fallback.search is search
