"""The graphs as sets of nodes and edges: a changed call sheet is a changed test."""

import itertools

from graphs import GRAPHS
from graphs.finishing import build_finishing
from graphs.shooting import build_shooting
from graphs.storyboard_loop import build_storyboard_loop


def edges(graph) -> set[tuple[str, str]]:
    return {(edge.source, edge.target) for edge in graph.get_graph().edges}


def test_the_novela_asks_for_budget_then_draws_then_shoots_scene_by_scene():
    assert edges(GRAPHS["novela"]()) == {
        ("__start__", "plan_episode"),
        ("plan_episode", "write_scene"),
        ("write_scene", "check_scene"),
        ("check_scene", "repair_scene"),
        ("check_scene", "write_scene"),
        ("check_scene", "cast_voices"),
        ("repair_scene", "write_scene"),
        ("cast_voices", "quote_production"),
        ("quote_production", "approve_budget"),
        ("approve_budget", "grant_budget"),
        ("approve_budget", "apply_budget_notes"),
        ("approve_budget", "__end__"),
        ("grant_budget", "storyboard_loop"),
        ("grant_budget", "shooting"),
        ("grant_budget", "confirm_music"),
        ("grant_budget", "quote_production"),
        ("apply_budget_notes", "quote_production"),
        ("storyboard_loop", "shooting"),
        ("storyboard_loop", "quote_production"),
        ("shooting", "review_scene"),
        ("shooting", "quote_production"),
        ("review_scene", "apply_scene_notes"),
        ("review_scene", "shooting"),
        ("review_scene", "next_scene"),
        ("apply_scene_notes", "shooting"),
        ("next_scene", "shooting"),
        ("next_scene", "confirm_music"),
        ("confirm_music", "finishing"),
        ("confirm_music", "quote_production"),
        ("finishing", "remember_episode"),
        ("finishing", "quote_production"),
        ("remember_episode", "__end__"),
    }


def test_the_storyboard_loops_until_nothing_is_sent_back():
    assert edges(build_storyboard_loop()) == {
        ("__start__", "confirm_panels"),
        ("confirm_panels", "submit_panels"),
        ("confirm_panels", "__end__"),
        ("submit_panels", "collect_panels"),
        ("submit_panels", "__end__"),
        ("collect_panels", "cut_animatic"),
        ("collect_panels", "submit_panels"),
        ("collect_panels", "__end__"),
        ("cut_animatic", "review_storyboard"),
        ("review_storyboard", "apply_panel_notes"),
        ("review_storyboard", "__end__"),
        ("apply_panel_notes", "confirm_panels"),
    }


def test_failed_takes_go_through_the_fallback_handler():
    assert edges(build_shooting()) == {
        ("__start__", "confirm_voices"),
        ("confirm_voices", "submit_voices"),
        ("confirm_voices", "__end__"),
        ("submit_voices", "collect_voices"),
        ("submit_voices", "__end__"),
        ("collect_voices", "confirm_takes"),
        ("collect_voices", "submit_voices"),
        ("collect_voices", "__end__"),
        ("confirm_takes", "submit_takes"),
        ("confirm_takes", "__end__"),
        ("submit_takes", "collect_takes"),
        ("submit_takes", "__end__"),
        ("collect_takes", "fix_takes"),
        ("collect_takes", "__end__"),
        ("collect_takes", "submit_takes"),
        ("collect_takes", "extend_takes"),
        ("extend_takes", "collect_takes"),
        ("extend_takes", "__end__"),
        ("collect_takes", "show_dailies"),
        ("fix_takes", "submit_takes"),
        ("show_dailies", "__end__"),
    }


def test_finishing_checks_the_master_beside_its_papers_and_asks_before_a_bad_one_is_delivered():
    steps = ["__start__", "draw_cards", "submit_music", "record_sounds", "collect_music", "assemble_cut",
             "render_master", "sign_master", "write_papers", "approve_delivery", "deliver_master",
             "__end__"]  # fmt: skip
    check = ["sign_master", "check_quality", "approve_delivery", "sign_override", "deliver_master"]
    withheld = ["approve_delivery", "withhold_master", "__end__"]
    larger = ["__start__", "submit_upscales", "collect_upscales", "draw_cards"]
    lines = (steps, check, withheld, larger, ["submit_music", "__end__"])
    assert edges(build_finishing()) == {edge for line in lines for edge in itertools.pairwise(line)}


def test_an_export_is_rendered_signed_and_checked_as_a_film_is():
    steps = ["__start__", "open_export", "render_master", "sign_master", "write_export_papers",
             "approve_delivery", "deliver_master", "__end__"]  # fmt: skip
    check = ["sign_master", "check_quality", "approve_delivery", "sign_override", "deliver_master"]
    withheld = ["approve_delivery", "withhold_master", "__end__"]
    wanted = {edge for line in (steps, check, withheld) for edge in itertools.pairwise(line)}
    assert edges(GRAPHS["export"]()) == wanted


def test_no_graph_carries_a_checkpointer():
    """The dev server refuses to start when one does."""
    assert all(build().checkpointer is None for build in GRAPHS.values())


def test_only_gates_interrupt_and_no_channel_is_named_like_a_node():
    for build in GRAPHS.values():
        graph = build()
        assert set(graph.nodes) & set(graph.channels) == {"__start__"}
