"""The doors of the service as uvicorn is told of them."""

from pathlib import Path
from typing import Any, cast

from server.deps import House
from server.serve import _config
from tools.settings import Settings

IDLE_OF_PROXIES_S = 60
"""What nginx, Caddy's upstreams and the clouds' balancers keep an idle connection for, by default."""


def test_idle_connections_outlive_those_of_proxies(tmp_path: Path) -> None:
    """Whoever closes first cuts off a request that is sent at that moment: 502, now and then."""
    config = _config(Settings(data_dir=tmp_path), cast(House, cast(Any, None)))
    assert config.timeout_keep_alive > IDLE_OF_PROXIES_S
