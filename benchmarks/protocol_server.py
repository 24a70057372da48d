"""Our server on the benchmark's graphs, as a process of its own: takes a port and a data folder."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

os.environ.setdefault("LANGGRAPH_STRICT_MSGPACK", "true")

from benchmarks.protocol_graphs import bench_graphs
from server.runs.graph_spec import GraphSpec
from server.serve import run_loop, serve
from tools.settings import Settings


def main(specs: Mapping[str, GraphSpec] | None = None) -> None:
    port, folder = int(sys.argv[1]), Path(sys.argv[2])
    settings = Settings(
        database_url=os.environ["GREENLIGHT_DATABASE_URL"],
        data_dir=folder,
        port=port,
        workers=32,
        log_level="WARNING",
    )
    run_loop(serve(settings, specs=specs or bench_graphs(), announce=lambda url: print(url, flush=True)))


if __name__ == "__main__":
    main()
