"""The service as its own process, on settings from outside: `python -m` this module."""

from server.serve import run_loop, serve
from tests.integration.api.test_whole_house import small_graph
from tools.settings import read_settings

if __name__ == "__main__":
    run_loop(serve(read_settings(), specs={"novela": small_graph()}))
