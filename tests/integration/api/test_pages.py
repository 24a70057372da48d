"""The pages as they are sent: current state, links that work, nothing that another user owns."""

import re

import httpx
from psycopg.types.json import Jsonb

from state.script import Line
from tests.integration.api.conftest import Lot
from tests.integration.api.making import a_clip, a_novela, a_production, another_user, mastered
from tests.integration.api.story_making import (
    QUOTE,
    a_script,
    at_budget,
    at_storyboard,
    drawn,
    told,
    written,
)

AS_BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


async def shown(client: httpx.AsyncClient, path: str, status: int = 200) -> str:
    answer = await client.get(path, headers=AS_BROWSER)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"].startswith("text/html")
    return answer.text


async def test_an_empty_house_offers_the_example_in_two_clicks(lot: Lot) -> None:
    """S1-83: the start page, the filled form, the start."""
    start = await shown(lot.client, "/")
    assert 'href="/new?example=en"' in start
    form = await shown(lot.client, "/new?example=en")
    assert 'value="The Last Ferry"' in form
    assert "data-start disabled" in form, "a click before the scripts are there would go nowhere"


async def test_the_list_shows_what_waits_first_with_its_gate_and_picture(lot: Lot) -> None:
    waiting = await at_storyboard(lot)
    newer = await a_production(lot)
    page = await shown(lot.client, "/")
    assert page.index(f"card-{waiting}") < page.index(f"card-{newer}")
    assert "Review the storyboard" in page
    assert 'src="/media/image/local/' in page
    assert "$0.00 spent" in page


async def test_the_start_page_counts_and_names_recent_series(lot: Lot) -> None:
    await a_novela(lot.client, title="The Long Series")
    await at_storyboard(lot)
    page = await shown(lot.client, "/")
    assert re.search(r"<dt>Waiting for you</dt><dd>1</dd>", page)
    assert "The Long Series" in page


async def test_a_series_leads_to_the_production_that_was_started_last_for_it(lot: Lot) -> None:
    novela = await a_novela(lot.client, title="The Long Series")
    assert "The Long Series</a>" not in await shown(lot.client, "/"), "nothing was made for it yet"
    await a_production(lot, novela_id=novela["id"])
    newest = await a_production(lot, novela_id=novela["id"], episode=2)
    assert f'<a href="/productions/{newest}">The Long Series</a>' in await shown(lot.client, "/")


async def test_the_form_of_the_next_episode_knows_the_one_before_and_leaves_open_what_it_left_open(
    lot: Lot,
) -> None:
    production = await a_production(lot)
    brief = {"title": "The Key", "description": "Ana finds it.", "language": "es", "episode_seconds": 60}
    await lot.database.execute("update productions set brief = %s", [Jsonb(brief)])
    assert "/new?previous=" not in await shown(lot.client, f"/productions/{production}")
    await lot.runs.set(production, status="completed", interrupts=[])
    assert f'href="/new?previous={production}"' in await shown(lot.client, f"/productions/{production}")
    form = await shown(lot.client, f"/new?previous={production}")
    given = re.findall(r'data-field="(\w+)" data-kind="\w+" data-given', form)
    assert given == ["title", "description", "language", "previous"]
    assert f'value="{production}"' in form
    await shown(lot.client, "/new?previous=nobody", 404)


async def test_the_form_keeps_every_list_and_its_empty_item(lot: Lot) -> None:
    page = await shown(lot.client, "/new?example=es")
    assert page.count("<template>") >= 3
    for name in ("title", "characters", "look", "master_seed", "ceiling_usd", "review"):
        assert f'data-field="{name}"' in page, name


async def test_a_choice_that_is_left_open_shows_so(lot: Lot) -> None:
    page = await shown(lot.client, "/new?example=en")
    kinds = re.findall(r'data-field="kind" data-kind="choice".*?<option value="([^"]*)"', page, re.DOTALL)
    assert kinds
    assert set(kinds) == {""}, "nobody said that the harbour is a living room"


async def test_a_gate_is_on_the_page_with_its_name_for_as_long_as_it_is_open(lot: Lot) -> None:
    production = await at_storyboard(lot)
    gate = (await lot.runs.state(user_id="local", production_id=production)).interrupts[0]["id"]
    page = await shown(lot.client, f"/productions/{production}")
    assert f'data-interrupt="{gate}"' in page
    assert page.count('value="YELLOW"') == 2
    assert "This is 1A." in page
    await lot.runs.set(production, status="running", interrupts=[])
    assert "data-interrupt" not in await shown(lot.client, f"/productions/{production}/live")


async def test_a_panel_shows_what_each_light_costs(lot: Lot) -> None:
    """S3-73: also what costs nothing; a light without a price says none."""
    dear = {"GREEN": {"micros": 150_000}, "YELLOW": {"micros": 3000}, "RED": {"micros": 0}}
    page = await shown(lot.client, f"/productions/{await at_storyboard(lot, prices=dear)}")
    assert page.count("Keep, then shoot: $0.15") == 2
    assert page.count("Change: $0.003") == 2
    assert page.count("Redraw: $0.00") == 2
    green = await shown(lot.client, f"/productions/{await at_storyboard(lot, prices={'GREEN': dear['RED']})}")
    assert "Keep, then shoot: $0.00" in green
    assert "Redraw: $" not in green
    assert "at most" not in page + green


async def test_a_panel_shows_what_its_light_may_become(lot: Lot) -> None:
    """S3-73: no more is booked than is shown, also where a voice asks for a longer clip."""
    price, most = {"micros": 480_000}, {"micros": 720_000}
    lights = {"GREEN": price, "RED": price}
    bound = {"GREEN": most, "RED": price}
    page = await shown(
        lot.client, f"/productions/{await at_storyboard(lot, prices=lights, prices_at_most=bound)}"
    )
    assert page.count("Keep, then shoot: $0.48, at most $0.72<") == 2
    assert page.count("Redraw: $0.48<") == 2


async def test_a_gate_from_before_lights_had_prices_shows_what_a_change_costs(lot: Lot) -> None:
    page = await shown(
        lot.client, f"/productions/{await at_storyboard(lot, price_of_change={'micros': 30_000})}"
    )
    assert page.count("A change costs $0.03") == 2


async def test_a_scene_without_a_take_says_that_it_is_shot_before_anything_else(lot: Lot) -> None:
    """GREEN leads back to the set, not to the next scene; its price is that of what is missing."""
    production = await a_production(lot)
    await written(lot, production, a_script(scenes=2))
    media, free = a_clip("take").model_dump(mode="json"), {"GREEN": {"micros": 0}}
    missing = {"GREEN": {"micros": 480_000}}
    items = [
        {"item": "scene-1", "title": "Scene 1", "prices": missing},
        {"item": "1A", "title": "Take 1A-1", "prices": missing},
        {"item": "1B", "title": "Take 1B-1", "prices": free, "media": media},
    ]
    await lot.runs.open_gate(production, "review_scene", **{"items": items})
    page = await shown(lot.client, f"/productions/{production}")
    assert page.count("Shoot what is missing: $0.48") == 2
    assert page.count("Keep: $0.00") == 1
    assert "shoot scene 2" not in page


async def test_a_priced_budget_that_is_asked_about_again_says_why_and_until_when_it_holds(lot: Lot) -> None:
    production = await a_production(lot)
    await written(lot, production)
    text = (
        "1 call for $0.34, at most $0.50. The quote holds until 2026-12-06 09:30 UTC."
        " Language models may cost $2.00 in all, what they have cost by now included."
    )
    item = {"item": "budget", "title": "Budget", "text": text, "media": None}
    price = {"micros": 340_000}
    quote = {
        **QUOTE, "total": price, "would_have_cost": price, "ceiling": {"micros": 500_000},
        "calls": [{**QUOTE["calls"][0], "price": price}], "expires_at": "2026-12-06T09:30:00Z",
    }  # fmt: skip
    asked = {"items": [item], "quote": quote, "why": "The length of 1A has changed."}
    await lot.runs.open_gate(production, "approve_budget", **asked)
    page = await shown(lot.client, f"/productions/{production}")
    assert "The length of 1A has changed." in page
    assert "The quote holds until 2026-12-06 09:30 UTC." in page
    assert "Language models may cost $2.00 in all" in page
    assert "At most $0.50." in page
    assert "Approve $0.34 and go on" in page


async def test_the_budget_shows_both_prices_before_anybody_answers(lot: Lot) -> None:
    production = await at_budget(lot)
    page = await shown(lot.client, f"/productions/{production}")
    assert "Approve $0.00" in page
    assert "it would cost $10.24" in page
    assert 'data-quote="q1"' in page
    assert "This is a draft" not in page


async def test_the_budget_of_a_draft_says_so(lot: Lot) -> None:
    production = await at_budget(lot)
    state = await lot.runs.state(user_id="local", production_id=production)
    asked = state.interrupts[0]["value"]
    quote = {**asked["quote"], "tier": "draft"}
    await lot.runs.open_gate(production, "approve_budget", **{"items": asked["items"], "quote": quote})
    assert "This is a draft: cheap models make it." in await shown(lot.client, f"/productions/{production}")


async def test_a_panel_that_was_drawn_again_is_marked_and_the_others_are_not(lot: Lot) -> None:
    production = await at_storyboard(lot)
    await told(
        lot, production, "note_applied", item="1B", light="YELLOW", note="night", changes=["It is night."]
    )
    await drawn(lot, production, "1B", 2)
    state = await lot.runs.state(user_id="local", production_id=production)
    items = state.interrupts[0]["value"]["items"]
    await lot.runs.open_gate(production, "review_storyboard", **{"items": items, "round": 2})
    page = await shown(lot.client, f"/productions/{production}/live")
    first, second = page.split('id="panel-1B"')
    assert "New in this round" not in first
    assert "New in this round" in second
    assert "It is night." in second


async def test_the_storyboard_gate_plays_its_animatic_and_marks_given_panels(lot: Lot) -> None:
    production = await at_storyboard(lot)
    assert "Watch the animatic" not in await shown(lot.client, f"/productions/{production}")
    state = await lot.runs.state(user_id="local", production_id=production)
    first, second = state.interrupts[0]["value"]["items"]
    film = a_clip("animatic").model_dump(mode="json")
    items = [first, {**second, "given": True}]
    await lot.runs.open_gate(production, "review_storyboard", **{"items": items, "animatic": film})
    page = await shown(lot.client, f"/productions/{production}/live")
    above, wall = page.split('<ul class="wall">')
    assert re.search(r'<video [^>]*src="/media/video/local/', above)
    assert "Watch the animatic" in above
    assert "Your picture" in wall.split('id="panel-1B"')[1]
    assert "Your picture" not in wall.split('id="panel-1B"')[0]


async def test_a_finished_film_has_its_player_and_its_downloads(lot: Lot) -> None:
    production = await a_production(lot)
    await written(lot, production)
    await lot.hand.tell(production, "custom", mastered().as_custom())
    await lot.runs.set(production, status="completed", interrupts=[])
    page = await shown(lot.client, f"/productions/{production}")
    assert re.search(r'<video id="master"[^>]*src="/media/video/', page)
    assert 'download="master.mp4"' in page


async def test_a_failed_production_says_why_and_offers_to_go_on(lot: Lot) -> None:
    production = await a_production(lot)
    await lot.runs.set(production, status="failed", interrupts=[])
    await lot.database.execute(
        """update productions set error = '{"message": "The disk is full.", "user_action": "Make room."}'"""
    )
    page = await shown(lot.client, f"/productions/{production}")
    assert "The disk is full." in page
    assert "Make room." in page
    assert f'data-post="/api/productions/{production}/resume"' in page


async def test_a_failure_of_a_vendor_says_who_was_asked_and_what_it_was_charged(lot: Lot) -> None:
    production = await a_production(lot)
    await lot.runs.set(production, status="paused", interrupts=[])
    for unknown, perhaps in (("0.13", ", and perhaps $0.13 of unknown price"), ("0.00", "")):
        charged = {"billed_usd": "0.011968", "unknown_usd": unknown}
        error = {"message": "m", "provider": "openai", "model": "gpt-5", "charged": charged}
        await lot.database.execute("update productions set error = %s", [Jsonb(error)])
        page = await shown(lot.client, f"/productions/{production}")
        assert f"Asked: gpt-5 at openai. Charged for it: $0.011968{perhaps}." in page


async def test_what_people_write_cannot_become_markup(lot: Lot) -> None:
    wrong = "<script>alert(1)</script>"
    production = await at_storyboard(lot, title=wrong)
    await lot.database.execute("update productions set title = %s", [wrong])
    await told(lot, production, "note_applied", item="1A", light="YELLOW", note=wrong, changes=[wrong])
    for path in ("/", f"/productions/{production}", f"/productions/{production}/live"):
        page = await shown(lot.client, path)
        assert wrong not in page, path
        assert "&lt;script&gt;" in page, path


async def test_another_users_production_is_a_page_that_says_there_is_none(lot: Lot) -> None:
    theirs = await a_production(lot, user_id=await another_user(lot))
    for path in (f"/productions/{theirs}", f"/productions/{theirs}/live", f"/productions/{theirs}/calls"):
        page = await shown(lot.client, path, 404)
        assert "Back to your productions" in page
    assert theirs not in await shown(lot.client, "/")


async def test_every_page_is_safe_to_open(lot: Lot) -> None:
    production = await at_storyboard(lot)
    for path in (
        "/",
        "/new",
        f"/productions/{production}",
        f"/productions/{production}/live",
        "/productions/x",
    ):
        headers = (await lot.client.get(path, headers=AS_BROWSER)).headers
        assert headers["content-security-policy"].startswith("default-src 'self';"), path
        assert headers["cache-control"] == "no-store", path


async def test_files_of_the_page_are_kept_by_browsers_while_they_are_the_same(lot: Lot) -> None:
    page = await shown(lot.client, "/")
    [style] = re.findall(r'href="(/static/console\.css\?v=\w+)"', page)
    assert "immutable" in (await lot.client.get(style)).headers["cache-control"]
    assert (await lot.client.get("/static/api.js")).headers["cache-control"] == "no-cache"
    assert (await lot.client.get("/static/../rendering.py")).status_code == 404


async def test_the_same_picture_keeps_its_address_when_the_page_is_drawn_again(lot: Lot) -> None:
    production = await at_storyboard(lot)
    pictures = [
        re.findall(r'src="(/media/[^"]+)"', await shown(lot.client, f"/productions/{production}/live"))
        for _ in range(2)
    ]
    assert pictures[0] == pictures[1] != []


async def test_a_long_script_is_shown_whole(lot: Lot) -> None:
    production = await a_production(lot)
    await written(lot, production, a_script(shots="ABCDEF", scenes=12))
    assert (await shown(lot.client, f"/productions/{production}")).count('class="shot-text"') == 72


async def test_who_is_heard_over_the_picture_is_marked(lot: Lot) -> None:
    production = await a_production(lot)
    line = Line(speaker="The <Teller>", text="Nobody came.", voice_over=True)
    script = a_script(shots="AB")
    first = script.scenes[0].shots[0].model_copy(update={"lines": [line]})
    scene = script.scenes[0].model_copy(update={"shots": [first, script.scenes[0].shots[1]]})
    await written(lot, production, script.model_copy(update={"scenes": [scene]}))
    await told(lot, production, "progress", stage="storyboard", text="1 panel drawn", done=1, total=2)
    page = await shown(lot.client, f"/productions/{production}")
    # In the script and at the storyboard wall; what Ana says to somebody has no such mark.
    assert page.count("<b>The &lt;Teller&gt; (V.O.)</b>") == 2
    assert page.count("(V.O.)") == 2


async def test_the_description_of_the_api_needs_no_network(lot: Lot) -> None:
    page = await shown(lot.client, "/docs")
    assert "https://" not in page
    assert (await lot.client.get("/docs-files/swagger-ui-bundle.js")).status_code == 200


async def test_the_talk_says_whether_it_is_paid(lot: Lot) -> None:
    production = await a_production(lot)
    assert "Asking changes nothing and costs nothing." in await shown(
        lot.client, f"/productions/{production}"
    )
    chosen = Jsonb({"text_model": "gpt-5"})
    await lot.database.execute("update productions set context = context || %s", [chosen])
    page = " ".join((await shown(lot.client, f"/productions/{production}")).split())
    assert "its tokens are paid from the text allowance" in page
    assert "costs nothing." not in page.partition('id="talk"')[2]
