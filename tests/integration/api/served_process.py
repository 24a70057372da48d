"""The service as its own process, on settings from outside: `python -m` this module."""

import asyncio

from server.serve import serve
from tests.integration.api.test_whole_house import small_graph
from tools.settings import read_settings

if __name__ == "__main__":
    asyncio.run(serve(read_settings(), specs={"novela": small_graph()}))
