"""How the tests ask Gemini."""

import ssl

from google.genai import types

UNUSED = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
NO_CERTIFICATES = {"verify": UNUSED}
PLAIN = {"client_args": NO_CERTIFICATES, "async_client_args": {"verify": UNUSED, "ssl": UNUSED}}
"""Else each client reads all certificates of the world, three times."""

CITY = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}
SAID = [{"parts": [{"text": "x"}]}]
LOOK_UP = types.Tool(
    function_declarations=[types.FunctionDeclaration(name="look_up", parameters_json_schema=CITY)]
)


async def ask(client, contents="Hello", model="gemini-2.5-flash", **config):
    return await client.aio.models.generate_content(
        model=model, contents=contents, config=types.GenerateContentConfig(**config)
    )


async def stream(client, model="gemini-2.5-flash", **config):
    events = await client.aio.models.generate_content_stream(
        model=model, contents="Hello", config=types.GenerateContentConfig(**config)
    )
    return [event async for event in events]
