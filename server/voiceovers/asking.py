"""A request for a line, from whichever door: the production that it is for, then the line."""

from dataclasses import dataclass

from server.deps import House
from server.records.productions import get_production
from server.voiceovers.plan import Plan
from server.voiceovers.voiceovers import Asked, Voiceovers
from server.voiceovers.wish import Wish, film_of
from state.errors import ProviderMisconfigured


@dataclass(frozen=True, kw_only=True)
class VoiceDesk:
    """What a user may have spoken."""

    house: House
    user_id: str

    async def plan(self, production_id: str, wish: Wish) -> Plan:
        """Who would speak it, and what it costs.

        Raises:
            RunNotFound: this user has no such production.
            BriefIncomplete, PremiumInDraft, PriceUnknown: as `plan_of`.
        """
        row = await get_production(self.house.database, production_id, user_id=self.user_id)
        state = await self.house.runs.state(user_id=self.user_id, production_id=production_id)
        film = film_of(production_id, user_id=self.user_id, context=row["context"], values=state.values)
        return await self._voiceovers().plan(wish, film)

    async def ask(self, plan: Plan, *, quote_id: str | None, patience_s: float | None = None) -> Asked:
        """Have it spoken where it may be; raises as `Voiceovers.ask`."""
        return await self._voiceovers().ask(plan, quote_id=quote_id, patience_s=patience_s)

    def _voiceovers(self) -> Voiceovers:
        if self.house.voiceovers is None:
            raise ProviderMisconfigured("Nothing can be ordered in this process.", kind="auth")
        return self.house.voiceovers
