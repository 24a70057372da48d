"""Every planted fault is found where it is, and nothing is found in what is clean."""

import pytest

from tests.integration.quality.films import MAKE_UPS
from tests.integration.quality.planting import FAULTS, plant
from tools.quality.check import CHECKS, check_master
from tools.quality.report import QualityReport

BLOCKING = {
    "flashes", "small_strobe", "red_flashes", "one_sided", "out_of_phase", "too_quiet", "too_hot", "no_sound",
    "other_size", "other_colours",
}  # fmt: skip
PLACED = [name for name, recipe in FAULTS.items() if not recipe.whole]
WHOLE = [name for name, recipe in FAULTS.items() if recipe.whole]
NEAR_S = 0.6


@pytest.mark.parametrize("make_up", MAKE_UPS)
async def test_nothing_is_found_in_a_clean_master(masters, make_up):
    path, plan = masters[make_up]
    report = await check_master(path, plan)
    assert (report.light, report.findings) == ("GREEN", [])
    assert report.checked == list(CHECKS)


@pytest.mark.breadth(2)
@pytest.mark.parametrize("where", ["start", "middle", "end"])
@pytest.mark.parametrize("fault", PLACED)
async def test_a_fault_is_found_where_it_was_planted(masters, tmp_path, fault, where):
    path, plan = masters["plain"]
    planted = await plant(path, tmp_path / "faulty.mp4", fault, where=where, strength="borderline")
    report = await check_master(tmp_path / "faulty.mp4", plan)
    found = [one for one in report.findings if one.check == planted.check]
    assert found
    assert all(planted.start_s - NEAR_S <= one.start_s <= planted.end_s + NEAR_S for one in found)


@pytest.mark.breadth(2)
@pytest.mark.parametrize("strength", ["borderline", "strong"])
@pytest.mark.parametrize("fault", WHOLE)
async def test_a_fault_of_the_whole_file_is_found(masters, tmp_path, fault, strength):
    path, plan = masters["plain"]
    planted = await plant(path, tmp_path / "faulty.mp4", fault, strength=strength)
    report = await check_master(tmp_path / "faulty.mp4", plan)
    assert planted.check in {one.check for one in report.findings}
    assert report.light == "RED" if fault in BLOCKING else report.light in ("YELLOW", "RED")


@pytest.mark.breadth(3)
@pytest.mark.parametrize("fault", ["black", "frozen", "flashes", "repeats", "clipping", "offset"])
@pytest.mark.parametrize("make_up", ["quiet_dialogue", "music_only"])
async def test_it_is_found_in_other_films_too(masters, tmp_path, make_up, fault):
    path, plan = masters[make_up]
    planted = await plant(path, tmp_path / "faulty.mp4", fault, seed=3, strength="strong")
    report = await check_master(tmp_path / "faulty.mp4", plan)
    assert planted.check in {one.check for one in report.findings}


async def test_without_its_plan_the_black_of_a_cut_is_a_fault(masters):
    """The control: what excuses the clean master is the plan and nothing else."""
    path, plan = masters["title_on_black"]
    bare = type(plan)(**{**vars(plan), "black": (), "still": ()})
    assert _lights(await check_master(path, bare))["black"] == "YELLOW"


async def test_a_still_that_the_cut_does_not_plan_is_found(masters):
    path, plan = masters["still_card"]
    bare = type(plan)(**{**vars(plan), "still": ()})
    assert _lights(await check_master(path, bare))["frozen"] == "YELLOW"


async def test_a_cut_that_is_not_there_and_one_that_nobody_planned_are_found(masters):
    path, plan = masters["plain"]
    moved = type(plan)(**{**vars(plan), "cuts": [20]})
    found = (await check_master(path, moved)).findings
    assert sorted(round(one.start_s * 24) for one in found if one.check == "cuts") == [20, 48]


def _lights(report: QualityReport) -> dict[str, str]:
    return {one.check: one.light for one in report.findings}
