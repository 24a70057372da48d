"""What LangChain's models make of the vendors' troubles: one vocabulary, where there is one."""

import httpx
import pytest
from langchain_core import exceptions as lc
from langchain_deepseek import ChatDeepSeek
from langchain_google_genai import ChatGoogleGenerativeAI
from langchain_openai import ChatOpenAI

from tests.standins.model_vendors import faults
from tests.unit.standins.gemini import NO_CERTIFICATES


@pytest.fixture(params=["openai", "google", "deepseek"])
async def asked(request, vendors, lines):
    """A model and its vendor."""
    vendor = getattr(vendors, request.param)
    match request.param:
        case "google":
            model = ChatGoogleGenerativeAI(
                model="gemini-2.5-flash",
                google_api_key=vendor.key,
                base_url=vendor.url,
                max_retries=1,
                client_args=NO_CERTIFICATES,
            )
            yield model, vendor
            await model.client.aio.aclose()
            model.client.close()
        case "openai":
            yield (
                ChatOpenAI(
                    model="gpt-5",
                    base_url=f"{vendor.url}/v1",
                    api_key=vendor.key,
                    max_retries=0,
                    http_async_client=lines,
                ),
                vendor,
            )
        case _:
            yield (
                ChatDeepSeek(
                    model="deepseek-chat",
                    api_base=vendor.url,
                    api_key=vendor.key,
                    max_retries=0,
                    http_async_client=lines,
                ),
                vendor,
            )


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (faults.busy(), lc.ModelRateLimitError),
        (faults.server_error(), lc.ModelAPIError),
        (faults.overloaded(), lc.ModelAPIError),
    ],
)
async def test_troubles_have_one_name(asked, fault, error):
    model, vendor = asked
    vendor.faults.append(fault)
    with pytest.raises(error):
        await model.ainvoke("Hello")
    assert (vendor.faults, vendor.invoices) == ([], [])


async def test_a_wrong_key_is_a_bad_request_at_google(asked):
    model, vendor = asked
    vendor.keys.clear()
    wanted = lc.ModelInvalidRequestError if vendor.name == "google" else lc.ModelAuthenticationError
    with pytest.raises(wanted):
        await model.ainvoke("Hello")


async def test_a_stream_that_is_cut_has_three_names(asked):
    model, vendor = asked
    vendor.faults.append(faults.cut(3))
    heard = ""
    wanted = httpx.RemoteProtocolError if vendor.name == "google" else lc.ModelConnectionError
    with pytest.raises(wanted):  # noqa: PT012 - what came before is looked at
        async for chunk in model.astream("Hello"):
            heard += chunk.text
    assert vendor.invoices[0].outcome == "cut"
    assert heard == "" or "The stand-in has".startswith(heard.strip())


async def test_an_account_without_balance(asked):
    model, vendor = asked
    vendor.faults.append(faults.no_balance())
    with pytest.raises(Exception) as no:  # noqa: PT011 - none of them has a name for it
        await model.ainvoke("Hello")
    status = {"openai": 429, "google": 429, "deepseek": 402}[vendor.name]
    assert str(status) in str(no.value) or getattr(no.value, "status_code", 0) == status


async def test_a_context_that_is_too_long(asked):
    model, vendor = asked
    name = {"openai": "gpt-5", "google": "gemini-2.5-flash", "deepseek": "deepseek-chat"}[vendor.name]
    vendor.models[name] = vendor.models[name].shrunk(context=128_010)
    wanted = lc.ModelInvalidRequestError if vendor.name == "deepseek" else lc.ContextOverflowError
    with pytest.raises(wanted):
        await model.ainvoke("x" * 4 * 128_011)
    assert vendor.invoices == []
