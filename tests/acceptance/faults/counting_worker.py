"""A worker that writes down every fault point it passes, one name a line: how often each can be hit."""

import server.composition
from server.cli.main import main
from tools import faults
from tools.settings import Settings

HITS = "hits.log"


class Notebook:
    """In the place of the armed point's name: is asked at each hit, and is never the one."""

    def __init__(self, settings: Settings) -> None:
        self._file = (settings.data_dir / HITS).open("a")

    def __eq__(self, name: object) -> bool:
        print(name, file=self._file, flush=True)
        return False

    __hash__ = None  # type: ignore[assignment]  # compared, never kept


def count(settings: Settings) -> None:
    log = settings.data_dir / faults.LOG_NAME
    faults._charge = faults.Charge(point=Notebook(settings), hits_left=0, log=log)  # type: ignore[arg-type]


if __name__ == "__main__":
    server.composition.arm = count
    main()
