"""The engines of a process: what is on this machine, and each provider's, made when it is first asked for.

The vendors' packages take a second to load, and who works offline needs none of them.
"""

from collections.abc import Callable, Iterator, MutableMapping
from functools import partial

from tools.clock import Clock
from tools.engines.base import Engine
from tools.settings import Settings
from tools.web.addresses import Reach
from tools.web.transport import CheckedTransport

Make = Callable[[], Engine]


class Engines(MutableMapping[str, Engine]):
    """Engines by provider; `makers` make those that nobody has asked for yet."""

    def __init__(self, ready: dict[str, Engine], makers: dict[str, Make]) -> None:
        self._ready, self._makers = dict(ready), dict(makers)

    @property
    def ready(self) -> list[Engine]:
        """Those that are there: to be closed."""
        return list(self._ready.values())

    def __getitem__(self, provider: str) -> Engine:
        if provider not in self._ready:
            self._ready[provider] = self._makers[provider]()
        return self._ready[provider]

    def __setitem__(self, provider: str, engine: Engine) -> None:
        self._ready[provider] = engine

    def __delitem__(self, provider: str) -> None:
        """Forget it, made or not."""
        if provider not in self:
            raise KeyError(provider)
        self._ready.pop(provider, None)
        self._makers.pop(provider, None)

    def __contains__(self, provider: object) -> bool:
        return provider in self._ready or provider in self._makers

    def __iter__(self) -> Iterator[str]:
        return iter({**self._ready, **self._makers})

    def __len__(self) -> int:
        return len(self._ready.keys() | self._makers.keys())


def open_engines(settings: Settings, previz: Engine, clock: Clock) -> Engines:
    """One engine per provider, whether there is a key for it or not: users bring keys of their own."""
    makers = {"replicate": _replicate, "fal": _fal, "google": _google, "openai": _openai}
    return Engines(
        {"previz": previz}, {name: partial(make, settings, clock) for name, make in makers.items()}
    )


def _replicate(settings: Settings, clock: Clock) -> Engine:
    from tools.engines.replicate import HOST, Replicate

    return Replicate(settings.replicate_base_url or HOST, elsewhere=_checked(), clock=clock)


def _fal(settings: Settings, clock: Clock) -> Engine:
    from tools.engines.fal import Fal

    return Fal(settings.fal_base_url, elsewhere=_checked(), clock=clock)


def _google(settings: Settings, clock: Clock) -> Engine:
    from tools.engines.google import HOST, Google

    spool = settings.data_dir / "engines" / "google"
    return Google(settings.google_base_url or HOST, spool=spool, elsewhere=_checked(), clock=clock)


def _openai(settings: Settings, clock: Clock) -> Engine:
    from tools.engines.openai.engine import HOST, OpenAIEngine

    return OpenAIEngine(
        settings.openai_base_url or HOST, spool=settings.data_dir / "engines" / "openai", clock=clock
    )


def _checked() -> CheckedTransport:
    """For files that a provider names: on the public internet, over https, wherever their names lead."""
    return CheckedTransport(Reach())
