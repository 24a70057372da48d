"""The page of a production that pauses without a question: why, who was asked, and what can be done here."""

import re
from collections.abc import Iterable
from typing import Any

import httpx
import pytest
from playwright.async_api import expect
from psycopg.types.json import Jsonb
from pydantic import SecretStr

from server.console.pause import HEADLINES
from server.runs.drive import MENDABLE
from server.runs.failures import paused
from state import errors
from state.cost import Charged, Money
from state.errors import GreenlightError
from tests.browser import needs_chromium, window
from tests.integration.api.conftest import Lot
from tests.integration.api.making import a_production
from tests.integration.api.test_pages import shown
from tests.integration.api.test_pages_in_browser import address, until

NO_KEY = "There is no key for openai that can be used now."
TWICE = {"text_model": "gpt-5", "text_models": {"system_integrator": "gemini-2.5-flash"}}


def no_key() -> GreenlightError:
    return errors.KeyMissing(NO_KEY, provider="openai", model="gpt-5")


async def a_paused_one(lot: Lot, error: GreenlightError, **context: Any) -> str:
    production = await a_production(lot)
    await lot.runs.set(production, status="paused", interrupts=[])
    await lot.database.execute(
        "update productions set context = %s, error = %s where production_id = %s",
        [Jsonb(context), Jsonb(paused(error)), production],
    )
    return production


@pytest.mark.parametrize("charged", ["much", {}, {"billed_usd": "0.10"}])
async def test_a_row_from_before_contexts_and_errors_were_checked_is_shown(lot: Lot, charged: Any) -> None:
    """What cannot be read of it counts as not said."""
    wrong = {"text_allowance_usd": None, "text_model": None, "text_models": "abc", "ceiling_usd": "abc"}
    production = await a_paused_one(lot, no_key(), **wrong)
    change = "update productions set error = error || %s where production_id = %s"
    await lot.database.execute(change, [Jsonb({"charged": charged}), production])
    told = (await lot.client.get(f"/api/productions/{production}")).json()["data"]
    assert (told["textModel"], told["textModels"], told["costs"]["textAllowance"]) == (
        "offline-writer", {}, "2.00",
    )  # fmt: skip
    assert NO_KEY in await shown(lot.client, f"/productions/{production}")


async def pause(lot: Lot, production: str) -> str:
    """What the page shows of it, without line ends."""
    page = await shown(lot.client, f"/productions/{production}")
    [box] = re.findall(r"<section [^>]*data-go-on.*?</section>", page, re.DOTALL)
    return " ".join(box.split())


def options(box: str, name: str) -> dict[str, str]:
    """The choices of one select, and what each has beside its value."""
    [select] = re.findall(rf'<select name="{re.escape(name)}".*?</select>', box)
    return dict(re.findall(r'<option value="([^"]*)" ([^>]*)>', select))


async def google_here(lot: Lot) -> None:
    await lot.house.provider_keys.add(
        "local", provider="google", label="mine", key=SecretStr("a-key-of-a-vendor-1234")
    )


async def test_without_a_key_nobody_is_called_asked_and_others_are_offered(lot: Lot) -> None:
    await google_here(lot)
    box = await pause(lot, await a_paused_one(lot, no_key(), **TWICE))
    assert "There is no key for the language model" in box
    assert NO_KEY in box
    assert "Nobody was asked: gpt-5 at openai was chosen. Charged for it: $0.00." in box
    assert 'href="/keys"' in box
    every = options(box, "text_model")
    assert {"offline-writer", "gemini-2.5-flash", "gpt-5", "deepseek-chat"} <= set(every)
    assert (every["gpt-5"].strip(), every["gemini-2.5-flash"].strip()) == ("selected", "")
    assert every["deepseek-chat"].strip() == "disabled", "there is no key for it"
    assert "GPT-5 · openai · no key here" in box
    assert options(box, "text_models.system_integrator")["gemini-2.5-flash"].strip() == "selected"
    assert set(options(box, "text_models.script_writer")) == {"", *every}


async def test_what_helps_a_role_with_a_model_of_its_own_is_accepted_as_it_is_told(lot: Lot) -> None:
    """In the list of productions, too; what is chosen for all would change nothing for it."""
    error = no_key()
    error.role = "system_integrator"
    models = {"system_integrator": "gpt-5", "script_writer": "offline-writer"}
    production = await a_paused_one(lot, error, text_model="offline-writer", text_models=models)
    seen = (await lot.client.get(f"/api/productions/{production}")).json()["data"]["error"]
    [listed] = (await lot.client.get("/api/productions")).json()["data"]
    assert listed["error"] == seen
    [way] = [one for one in seen["ways"] if one["name"] == "another_model"]
    assert way["fill"] == ["context.text_models.system_integrator"]
    way["body"]["context"]["text_models"]["system_integrator"] = "offline-writer"
    assert (await lot.client.post(way["path"], json=way["body"])).status_code == 202
    [asked] = [asked for name, asked in lot.runs.calls if name == "resume"]
    assert asked["context"] == {"text_models": dict.fromkeys(models, "offline-writer")}


async def test_what_another_model_was_charged_is_not_told_of_who_was_chosen(lot: Lot) -> None:
    error = no_key()
    error.asked, error.charged = False, Charged(billed=Money(micros=550))
    box = await pause(lot, await a_paused_one(lot, error))
    assert "Not asked: gpt-5 at openai, who was chosen. Charged for this question so far: $0.00055." in box
    assert "Nobody was asked" not in box


FAMILIES = [
    errors.KeyMissing, errors.KeyNotTaken, errors.VendorCreditUsedUp, errors.ModelUnknown,
    errors.ModelWithheld, errors.ContextTooLong, errors.ProviderBusy, errors.ProviderTimeout,
    errors.ProviderRefused,
    errors.AnswerUnusable, errors.ModelBanned, errors.PriceUnknown, errors.KeyDamaged, errors.BudgetExceeded,
    errors.TextAllowanceUsedUp, errors.PremiumInDraft, errors.DayBudgetExceeded, errors.EnginesFailed,
    errors.BreakerOpen,
]  # fmt: skip


OF_THE_ROOT = {errors.SpendingBlocked, errors.VaultError, errors.KeyRefused, errors.VaultClosed}
"""Nothing raises the first two as they are, and no run meets the others: they are about leaving a key."""


def all_of(families: Iterable[type[GreenlightError]]) -> list[type[GreenlightError]]:
    """These families, and what is made of them."""
    return [each for one in families for each in (one, *all_of(one.__subclasses__()))]


async def test_no_pause_shows_what_only_a_terminal_or_a_program_can_use(lot: Lot) -> None:
    """Every way that helps has a control, and nothing has backticks."""
    production = await a_paused_one(lot, no_key())
    for family in FAMILIES:
        error = family()
        error.provider = "openai"
        await lot.database.execute("update productions set error = %s", [Jsonb(paused(error))])
        box = await pause(lot, production)
        read = re.sub(r"<[^>]*>", " ", box)
        assert not [word for word in ("`", " ID", "greenlight ", "/api/", "--") if word in read], family
        has = {
            "another_model": 'name="text_model"' in box, "own_key": 'href="/keys"' in box,
            "raise_ceiling": 'data-raise="ceilingUsd"' in box,
            "raise_text": 'data-raise="textAllowanceUsd"' in box,
        }  # fmt: skip
        assert {name for name, there in has.items() if there} == set(family.ways), family


@pytest.mark.parametrize("family", [one for one in all_of(MENDABLE) if one not in OF_THE_ROOT])
def test_everything_that_pauses_has_a_headline(family: type[GreenlightError]) -> None:
    assert family.code in HEADLINES


OFFER = {"provider": "fal", "model": "luma-ray-2", "price_usd": "0.60"}


def proposed(**details: Any) -> GreenlightError:
    said = "kling-2.1-pro could not make 1A: nobody there."
    return errors.StandInProposed(said, provider="fal", model="kling-2.1-pro", details=details)


async def test_who_could_stand_in_is_offered_and_nothing_is_agreed_before_somebody_says_so(lot: Lot) -> None:
    error = proposed(proposal=OFFER, agreed=["veo-3.1"])
    production = await a_paused_one(lot, error, substitution="ask", stand_ins=["veo-3.1"])
    box = await pause(lot, production)
    [select] = re.findall(r'<select name="stand_in".*?</select>', box)
    assert re.findall(r'<option value="([^"]*)"', select) == ["", "luma-ray-2", "!never"]
    assert '<option value="" selected>' in select, "until somebody chooses"
    assert "luma-ray-2 at fal, $0.60" in box
    assert 'data-agreed="veo-3.1"' in box
    seen = (await lot.client.get(f"/api/productions/{production}")).json()["data"]["error"]
    [way] = [one for one in seen["ways"] if one["name"] == "stand_in"]
    assert (await lot.client.post(way["path"], json=way["body"])).status_code == 202
    [asked] = [asked for name, asked in lot.runs.calls if name == "resume"]
    assert asked["context"] == {"stand_ins": ["veo-3.1", "luma-ray-2"]}


@pytest.mark.parametrize("details", [{}, {"proposal": "luma"}, {"proposal": {"model": "luma-ray-2"}}])
async def test_a_proposal_that_cannot_be_read_offers_nobody(lot: Lot, details: dict[str, Any]) -> None:
    production = await a_paused_one(lot, proposed(**details))
    assert 'name="stand_in"' not in await pause(lot, production)
    seen = (await lot.client.get(f"/api/productions/{production}")).json()["data"]["error"]
    assert "stand_in" not in {one["name"] for one in seen["ways"]}


@pytest.mark.parametrize(
    ("said", "field"),
    [({"stand_ins": ["luma"]}, "context.stand_ins"), ({"substitution": "maybe"}, "context.substitution")],
)
async def test_only_engines_that_there_are_may_stand_in(lot: Lot, said: dict[str, Any], field: str) -> None:
    production = await a_paused_one(lot, proposed(proposal=OFFER))
    told = await lot.client.post(f"/api/productions/{production}/resume", json={"context": said})
    assert (told.status_code, told.json()["error"]["details"]["fields"][0]["field"]) == (422, field)
    assert "resume" not in [name for name, _ in lot.runs.calls]


async def test_a_pause_of_an_older_version_is_shown_as_it_was_told(lot: Lot) -> None:
    production = await a_paused_one(lot, no_key())
    told = {"message": "It stopped.", "user_action": "Resume: `greenlight resume <b>`."}
    await lot.database.execute("update productions set error = %s", [Jsonb(told)])
    box = await pause(lot, production)
    assert "Resume: <code>greenlight resume &lt;b&gt;</code>." in box
    assert "offline-writer" in options(box, "text_model")
    await lot.database.execute("update productions set error = null")
    assert f'data-post="/api/productions/{production}/resume"' in await pause(lot, production)


async def test_a_draft_is_offered_no_final_models(lot: Lot) -> None:
    await google_here(lot)
    chosen = {"text_model": "gemini-2.5-flash", "tier": "draft"}
    every = options(await pause(lot, await a_paused_one(lot, no_key(), **chosen)), "text_model")
    assert "gemini-2.5-flash" in every
    assert not {"gemini-2.5-pro", "gpt-5"} & set(every)


async def test_what_it_has_stays_a_choice_also_where_no_list_has_it(lot: Lot) -> None:
    box = await pause(lot, await a_paused_one(lot, no_key(), text_model="own/llama-3.3"))
    assert options(box, "text_model")["own/llama-3.3"].strip() == "selected"
    assert "data-writer-own" not in box, "there is no server of one's own here"


@pytest.mark.parametrize(
    ("error", "now"), [(errors.BudgetExceeded(), "$25.00"), (errors.TextAllowanceUsedUp(), "$2.00")]
)
async def test_what_may_be_raised_is_shown_with_what_it_is_now(
    lot: Lot, error: GreenlightError, now: str
) -> None:
    assert f"Now {now}. Raising spends nothing" in await pause(lot, await a_paused_one(lot, error))


async def test_the_ways_of_a_pause_are_requests_of_the_api(lot: Lot) -> None:
    production = await a_paused_one(lot, errors.TextAllowanceUsedUp())
    seen = (await lot.client.get(f"/api/productions/{production}")).json()["data"]
    assert [(one["name"], one["path"]) for one in seen["error"]["ways"]] == [
        ("resume", f"/api/productions/{production}/resume"),
        ("raise_text", f"/api/productions/{production}/ceiling"),
        ("another_model", f"/api/productions/{production}/resume"),
    ]
    raised, model = seen["error"]["ways"][1:]
    answer = await lot.client.post(raised["path"], json=raised["body"] | {"textAllowanceUsd": "3.00"})
    assert answer.status_code == 200, answer.text
    body = {"context": {**model["body"]["context"], "text_model": "offline-writer"}}
    assert (await lot.client.post(model["path"], json=body)).status_code == 202


@needs_chromium
async def test_a_choice_survives_a_reload_and_is_what_the_production_goes_on_with(
    lot: Lot, served: httpx.AsyncClient
) -> None:
    await google_here(lot)
    production = await a_paused_one(lot, no_key(), **TWICE)
    async with window(address(served)) as [browser]:
        page = browser.page
        await browser.go(f"/productions/{production}")
        await page.get_by_label("Who writes from here on").select_option("gemini-2.5-pro")
        await page.get_by_label("System integrator").select_option("")
        await page.reload()
        await expect(page.get_by_label("Who writes from here on")).to_have_value("gemini-2.5-pro")
        await expect(page.get_by_label("System integrator")).to_have_value("")
        await lot.database.execute('update productions set context = context || \'{"tier": "draft"}\'')
        await page.get_by_role("button", name="Resume where it stopped").press("Enter")
        await expect(page.locator("[data-go-on-error]")).to_have_text(
            "gemini-2.5-pro is a model of the final tier, and this is a draft."
        )
        await expect(page.get_by_label("Who writes from here on")).to_be_focused()
        browser.complaints.clear()  # a refusal is an error to the browser, too
        await lot.database.execute('update productions set context = context || \'{"tier": "final"}\'')
        await page.get_by_role("button", name="Resume where it stopped").press("Enter")
        await until(lot, "resume")
        await page.locator("[data-go-on]").wait_for(state="detached")
        kept = await page.evaluate("JSON.stringify(sessionStorage)")
        assert (kept, browser.complaints) == ("{}", []), "another pause begins anew"
    [asked] = [asked for name, asked in lot.runs.calls if name == "resume"]
    assert asked["context"] == {"text_model": "gemini-2.5-pro", "text_models": {}}


@needs_chromium
@pytest.mark.parametrize(
    ("choice", "sent"),
    [
        ("luma-ray-2", {"stand_ins": ["veo-3.1", "luma-ray-2"]}),
        ("!never", {"substitution": "never"}),
        ("", {}),
    ],
)
async def test_who_may_make_it_is_chosen_on_the_page(
    lot: Lot, served: httpx.AsyncClient, choice: str, sent: dict[str, Any]
) -> None:
    production = await a_paused_one(lot, proposed(proposal=OFFER, agreed=["veo-3.1"]), substitution="ask")
    async with window(address(served)) as [browser]:
        page = browser.page
        await browser.go(f"/productions/{production}")
        await page.get_by_label("Who may make it").select_option(choice)
        await page.get_by_role("button", name="Resume where it stopped").press("Enter")
        await until(lot, "resume")
    [asked] = [asked for name, asked in lot.runs.calls if name == "resume"]
    assert asked["context"] == sent


@needs_chromium
async def test_a_key_is_left_on_the_way_and_the_model_can_be_had(lot: Lot, served: httpx.AsyncClient) -> None:
    production = await a_paused_one(lot, no_key(), text_model="gpt-5")
    async with window(address(served)) as [browser]:
        page = browser.page
        await browser.go(f"/productions/{production}")
        await expect(page.get_by_label("Who writes from here on")).to_contain_text(
            "GPT-5 · openai · no key here"
        )
        await page.get_by_role("link", name="Your keys at providers").click()
        await page.get_by_label("Provider").select_option("openai")
        await page.get_by_label("What you call it").fill("mine")
        await page.get_by_label("The key").fill("short")
        await page.get_by_role("button", name="Keep this key").click()
        await expect(page.locator('[data-field="key"] [data-error]')).to_be_visible()
        browser.complaints.clear()  # a refusal is an error to the browser, too
        await page.get_by_label("The key").fill("a-key-of-a-vendor-1234")
        await page.get_by_role("button", name="Keep this key").click()
        await expect(page.get_by_text("OpenAI · mine")).to_be_visible()
        assert "a-key-of" not in await page.content()
        await browser.go(f"/productions/{production}")
        await expect(page.get_by_label("Who writes from here on")).not_to_contain_text(
            "GPT-5 · openai · no key here"
        )
        assert browser.complaints == []


@needs_chromium
async def test_money_is_raised_on_the_page_which_says_so_at_once(lot: Lot, served: httpx.AsyncClient) -> None:
    """What is refused stays beside the field; the model that was chosen meanwhile stays chosen."""
    await google_here(lot)
    production = await a_paused_one(lot, errors.TextAllowanceUsedUp(), text_model="gemini-2.5-pro")
    async with window(address(served)) as [browser]:
        page = browser.page
        await browser.go(f"/productions/{production}")
        await page.get_by_label("Who writes from here on").select_option("gemini-2.5-flash")
        field = page.get_by_label("All text never more than (US dollars)")
        await field.fill("a lot")
        await field.press("Enter")
        await expect(page.locator("[data-raise] [data-error]")).to_have_text(
            "Input should be a valid decimal."
        )
        browser.complaints.clear()  # a refusal is an error to the browser, too
        await field.fill("5.00")
        await field.press("Enter")
        await expect(page.get_by_text("Now $5.00.")).to_be_visible()
        await expect(page.get_by_role("button", name="Resume where it stopped")).to_be_focused()
        await page.reload()
        await page.get_by_role("button", name="Resume where it stopped").click()
        await until(lot, "resume")
        assert browser.complaints == []
    [asked] = [asked for name, asked in lot.runs.calls if name == "resume"]
    assert asked["context"] == {"text_model": "gemini-2.5-flash"}


@needs_chromium
async def test_what_the_production_has_meanwhile_is_not_taken_back(
    lot: Lot, served: httpx.AsyncClient
) -> None:
    """It went on elsewhere with other models and pauses again: what stood here was about another moment."""
    await google_here(lot)
    production = await a_paused_one(lot, errors.TextAllowanceUsedUp(), text_model="gemini-2.5-pro")
    async with window(address(served)) as [browser]:
        page = browser.page
        await browser.go(f"/productions/{production}")
        await page.get_by_text("Another model for a role").click()
        await page.get_by_label("System integrator").select_option("gemini-2.5-pro")
        await page.get_by_label("All text never more than (US dollars)").fill("5.00")
        await page.get_by_role("button", name="Raise the text allowance").click()
        await expect(page.get_by_text("Now $5.00.")).to_be_visible()
        elsewhere = {
            "text_model": "gemini-2.5-flash", "text_models": {"system_integrator": "offline-writer"},
        }  # fmt: skip
        await lot.database.execute("update productions set context = context || %s", [Jsonb(elsewhere)])
        await page.reload()
        await expect(page.get_by_label("Who writes from here on")).to_have_value("gemini-2.5-flash")
        await expect(page.get_by_label("System integrator")).to_have_value("offline-writer")
        assert await page.evaluate("JSON.stringify(sessionStorage)") == "{}"
        await page.get_by_role("button", name="Resume where it stopped").click()
        await until(lot, "resume")
        assert browser.complaints == []
    [asked] = [asked for name, asked in lot.runs.calls if name == "resume"]
    assert not asked["context"]
