"""Sign the master, and write down beside it what it was made from."""

from collections.abc import Mapping, Sequence
from typing import Any

from langgraph.runtime import Runtime

from nodes.delivery.episode_record import to_json
from nodes.delivery.sources_of_cut import claim_of
from nodes.post.render_master import history_of, stored_cut
from nodes.reporting import progress
from state.context import RunContext
from state.film import FinishingState
from state.media import MediaRef
from state.signature import Signature
from tools.orders.replaying import current_replay
from tools.provenance.claim import Claim
from tools.provenance.disclosure import disclosure_text
from tools.provenance.keys import open_signer
from tools.provenance.sidecar import sidecar
from tools.provenance.sign import can_sign, sign_file
from tools.registry import Toolbox, toolbox
from tools.work_folder import work_folder

SIDECAR, DISCLOSURE = "provenance.json", "disclosure.txt"


async def sign_master(state: FinishingState, runtime: Runtime[RunContext]) -> dict[str, object]:
    """The last thing that is done to the file; what is measured and delivered is what was signed.

    The unsigned master is stored already: whatever goes wrong here, it is kept, and a resumed production goes
    on with this.

    Raises:
        SettingInvalid: the key of the settings cannot sign; names the setting and the fix.
        PostError: the file could not be signed.
    """
    tools = await toolbox()
    timeline = await stored_cut(state, tools)
    history = await history_of(state, runtime, tools)
    training = tools.settings.provenance_training
    claim = claim_of(state, timeline, history, runtime.context, training=training)
    unsigned, user = state.deliverables[state.master_name], runtime.context.user_id
    if not can_sign(unsigned.mime):
        beside = await _beside(claim, {state.master_name: unsigned}, None, history, tools, user)
        progress(runtime, "finishing", f"a film of type {unsigned.mime} carries no signature")
        return {"deliverables": beside, "signature": None}
    signature = await _recorded(state, unsigned, claim) or await _signed(unsigned, claim, tools, user)
    beside = await _beside(claim, {state.master_name: signature.media}, signature, history, tools, user)
    progress(runtime, "finishing", f"signed by {signature.signer}; {len(claim.sources)} sources")
    return {
        "deliverables": {state.master_name: signature.media.model_dump(mode="json"), **beside},
        "signature": signature.model_dump(mode="json"),
    }


async def _recorded(state: FinishingState, unsigned: MediaRef, claim: Claim) -> Signature | None:
    """The signature of the same film with the same claim: of an earlier round, or of what is replayed."""
    replay, known = current_replay.get(), [state.signature] if state.signature else []
    if replay is not None and replay.signatures is not None:
        known += [Signature.model_validate(one) for one in await replay.signatures()]
    return next((one for one in known if one.fits(unsigned.sha256, claim.digest)), None)


async def _signed(unsigned: MediaRef, claim: Claim, tools: Toolbox, user_id: str) -> Signature:
    signer = await open_signer(tools.settings)
    path = await tools.media.get(unsigned.key)
    async with work_folder("signed") as work:
        into = work / path.name
        verdict = await sign_file(path, into, mime=unsigned.mime, claim=claim, signer=signer)
        media = await tools.media.put(into, user_id=user_id)
    return Signature(
        of_sha256=unsigned.sha256, claim_digest=claim.digest, media=media, manifest=verdict.label,
        signer=signer.name, certificate_sha256=signer.fingerprint, algorithm=signer.algorithm,
        valid_until=signer.until.isoformat(), self_made=signer.self_made,
    )  # fmt: skip


async def _beside(
    claim: Claim, film: Mapping[str, MediaRef], signature: Signature | None,
    history: Sequence[Mapping[str, Any]], tools: Toolbox, user_id: str,
) -> dict[str, object]:  # fmt: skip
    """The sidecar, which has the digest of a film that carries no manifest, and the words of disclosure."""
    texts = {
        SIDECAR: to_json(sidecar(claim, film, signature, history)),
        DISCLOSURE: disclosure_text(claim),
    }
    stored = {
        name: await tools.media.put_bytes(text.encode(), user_id=user_id) for name, text in texts.items()
    }
    return {name: media.model_dump(mode="json") for name, media in stored.items()}
