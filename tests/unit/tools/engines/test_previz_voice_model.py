"""A voice model that is not the pinned one is never used."""

import hashlib

import pytest

from state.errors import ConfigurationError
from tools.engines.previz.voice_bank import mixed_voice, vendored_voice
from tools.engines.previz.voice_model import PARTS, assemble, checked_part, duration_patch


@pytest.fixture
def small_part(tmp_path, monkeypatch):
    """A package with a part of four bytes."""
    package = tmp_path / "greenlight_test_part"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "part.bin").write_bytes(b"good")
    monkeypatch.syspath_prepend(tmp_path)
    return package / "part.bin"


def test_a_whole_part_is_taken(small_part):
    assert checked_part("greenlight_test_part", hashlib.sha256(b"good").hexdigest()) == small_part


def test_a_damaged_part_is_refused_by_name(small_part):
    small_part.write_bytes(b"gooe")
    with pytest.raises(ConfigurationError, match="greenlight-test-part is damaged"):
        checked_part("greenlight_test_part", hashlib.sha256(b"good").hexdigest())


def test_a_missing_package_is_named_with_its_cure():
    with pytest.raises(ConfigurationError, match="is not installed") as caught:
        checked_part("greenlight_no_such_part", "0")
    assert "pip install" in caught.value.user_action


def test_parts_in_the_wrong_order_leave_nothing_behind(tmp_path, small_part):
    with pytest.raises(ConfigurationError, match="do not join"):
        assemble(tmp_path / "models" / "m.onnx", [small_part, small_part])
    assert list((tmp_path / "models").iterdir()) == []


def test_the_installed_parts_are_the_pinned_ones():
    assert all(checked_part(package, sha256).is_file() for package, sha256 in PARTS.items())


def test_the_patch_is_one_graph_field_that_names_the_durations():
    patch = duration_patch()
    assert patch[0] == 7 << 3 | 2
    assert patch[1] == len(patch) - 2
    assert patch.count(b"duration") == 2


def test_a_mix_lies_between_its_voices():
    half = mixed_voice({"ef_dora": 1, "af_bella": 1})[:, 0]
    assert half.shape == (510, 256)
    assert half == pytest.approx((vendored_voice("ef_dora") + vendored_voice("af_bella")) / 2, abs=1e-5)
