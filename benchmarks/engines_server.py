"""Our server with the real graphs, which providers here can ring: takes a port and a data folder."""

import os
import sys
from pathlib import Path

os.environ.setdefault("LANGGRAPH_STRICT_MSGPACK", "true")

from server.serve import run_loop, serve
from tools.settings import Settings


def main() -> None:
    port, folder = int(sys.argv[1]), Path(sys.argv[2])
    settings = Settings(
        database_url=os.environ["GREENLIGHT_DATABASE_URL"],
        data_dir=folder,
        port=port,
        public_url=f"http://127.0.0.1:{port}",
        workers=4,
        render_processes=1,
        log_level="WARNING",
    )
    run_loop(serve(settings, announce=lambda url: print(url, flush=True)))


if __name__ == "__main__":
    main()
