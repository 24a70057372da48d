"""What brains are told, and what the ready-made ones say."""

import json

import pytest

from tests.standins.model_vendors import SENTENCE, Asked, Said, Turn, always, dutiful, rules, script

SCHEMA = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}


def asked(text="Hello", **more):
    return Asked(vendor="openai", model="x", turns=(Turn("user", text),), body={}, key="k", **more)


def test_a_schema_in_the_words_is_found():
    told = f"Use {{this}} schema: {json.dumps(SCHEMA, indent=2)} and answer in JSON, not {{"
    assert json.loads(dutiful(asked(told, schema={})).text) == {"city": "stand-in"}
    assert dutiful(asked("As JSON, please", schema={})).text == "{}"


def test_one_answer_after_the_other():
    brain = script(["one", Said("two"), lambda asked: Said(asked.last.text)])
    assert [brain(asked("three")).text for _ in range(4)] == ["one", "two", "three", SENTENCE]


def test_rules_answer_the_first_case():
    brain = rules(
        (lambda one: one.schema, "{}"), (lambda one: one.last.text == "Hi", "Hi."), otherwise="What?"
    )
    assert [brain(one).text for one in (asked(schema=SCHEMA), asked("Hi"), asked())] == ["{}", "Hi.", "What?"]
    assert always("x")(asked()).text == "x"


async def test_a_brain_hears_everything_in_words_that_no_vendor_owns(client, gemini, vendors):
    heard = []

    async def brain(question):
        heard.append(question)
        return Said("Yes.")

    vendors.think_with(brain)
    await client.chat.completions.create(
        model="gpt-4o", temperature=0.5, max_tokens=9,
        messages=[{"role": "system", "content": "Be kind."}, {"role": "user", "content": "Hello"}],
    )  # fmt: skip
    await gemini.aio.models.generate_content(
        model="gemini-2.0-flash", contents="Hello",
        config={"system_instruction": "Be kind.", "temperature": 0.5, "max_output_tokens": 9},
    )  # fmt: skip
    for question, vendor in zip(heard, (vendors.openai, vendors.google), strict=True):
        assert (question.vendor, question.key, question.system) == (vendor.name, vendor.key, "Be kind.")
        assert question.turns == (Turn("user", "Hello"),)
        assert (question.temperature, question.max_output_tokens, question.stream) == (0.5, 9, False)


async def test_what_a_brain_expects_fails_the_call_and_is_kept(client, vendors):
    def brain(question):
        raise AssertionError("a picture was expected")

    vendors.openai.brain = brain
    with pytest.raises(Exception, match="Connection error"):
        await client.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": "Hello"}])
    with pytest.raises(AssertionError, match="a picture was expected"):
        vendors.complain()
    vendors.openai.troubles.clear()
