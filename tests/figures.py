"""The figures of this process, as a test reads them."""

from tools.telemetry.meters import REGISTRY


class Figures:
    """What was counted since it was made."""

    def __init__(self) -> None:
        self._before = self._read()

    def __call__(self, name: str, **labels: str) -> float:
        key = (name, tuple(sorted(labels.items())))
        return self._read().get(key, 0.0) - self._before.get(key, 0.0)

    def _read(self) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
        samples = [sample for family in REGISTRY.collect() for sample in family.samples]
        return {(one.name, tuple(sorted(one.labels.items()))): one.value for one in samples}
