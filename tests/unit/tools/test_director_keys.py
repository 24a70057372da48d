"""S3-81: keys of the director's engines come from the environment; an engine without one leaves its chain."""

import pytest

from tools.engine_keys import keys_of_process
from tools.orders import standing_in
from tools.orders.quote import planned_call
from tools.orders.standing_in import chain_of
from tools.settings import Settings, read_settings

NAMED = {
    "GOOGLE_API_KEY": "google_api_key", "DEEPSEEK_API_KEY": "deepseek_api_key", "FAL_KEY": "fal_key",
    "GREENLIGHT_DATABASE_URL": "database_url",
}  # fmt: skip
"""Gemini's is Google's; Kling and Luma are sold by fal, so theirs is fal's."""


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in (*NAMED, "GREENLIGHT_RATE_LIMIT_ENABLED", "GREENLIGHT_ENABLE_IMAGEN3"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def test_each_key_is_read_under_its_name_and_none_has_a_default(bare: pytest.MonkeyPatch) -> None:
    assert {getattr(read_settings(), field) for field in NAMED.values()} == {None}
    for name in NAMED:
        bare.setenv(name, f"of {name}")
    found = read_settings()
    for name, field in NAMED.items():
        assert getattr(found, field).get_secret_value() == f"of {name}"


@pytest.mark.parametrize("said", ["true", "false"])
def test_both_switches_are_read(bare: pytest.MonkeyPatch, said: str) -> None:
    bare.setenv("GREENLIGHT_RATE_LIMIT_ENABLED", said)
    bare.setenv("GREENLIGHT_ENABLE_IMAGEN3", said)
    found = read_settings()
    assert (found.rate_limit_enabled, found.enable_imagen3) == (said == "true",) * 2


def chain_with(settings: Settings, model: str) -> list[str]:
    wanted = planned_call(stage="take", item="1A", model_id=model, units=5)
    here = [*keys_of_process(settings), "previz"]
    return [
        card.provider for card in chain_of(wanted, policy="any", tier="final", providers=here, seconds=5.0)
    ]


def test_an_engine_without_its_key_leaves_the_chain_with_a_warning(bare: pytest.MonkeyPatch) -> None:
    told = list[str]()
    bare.setattr(
        standing_in.log,
        "warning",
        lambda event, **named: told.append(f"{event} {named['model']}"),
        raising=False,
    )
    standing_in.tell_left_out.cache_clear()
    fal, google = {"fal_key": "f"}, {"google_api_key": "g"}
    assert chain_with(Settings(**fal, **google), "kling-2.1-pro") == ["fal", "google"]
    assert told == []
    assert chain_with(Settings(**fal), "kling-2.1-pro") == ["fal"], "Luma stays, Gemini video goes"
    assert set(told) == {"engine_left_out veo-3.1"}, "of whoever sells it"
    assert chain_with(Settings(**google), "google-veo-3.1") == ["google", "google"], "its own relatives alone"
    assert {"engine_left_out luma-ray-2", "engine_left_out kling-2.1-pro"} <= set(told)
