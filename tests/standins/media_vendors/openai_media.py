"""OpenAI's pictures and voices behind the address of its language models."""

import asyncio
import json
from typing import Any

from tests.standins.media_vendors import openai_pictures, openai_voices
from tests.standins.media_vendors.desk import Desk, Order, slim
from tests.standins.media_vendors.models import MediaModel
from tests.standins.media_vendors.openai_forms import Form, read_form
from tests.standins.media_vendors.results import made
from tests.standins.model_vendors.books import Kept
from tests.standins.model_vendors.errors import Rejected, openai_error
from tests.standins.model_vendors.wire import EVENTS, Out, Request

KINDS = {"generations": "image_generation", "edits": "image_edit"}
POLICY = (
    "Your request was rejected as a result of our safety system. Your prompt may contain text "
    "that is not allowed by "
    "our safety system."
)


class OpenAIMedia(Desk):
    """Routes what is no language model's; `route` says whether it was."""

    async def route(self, kept: Kept, request: Request, out: Out) -> bool:
        """Answer, if it is about media."""
        match request.method, request.path.strip("/").split("/"):
            case "POST", ["v1", "images", "generations" | "edits" as what]:
                self._note(kept)
                await self._pictures(kept, request, out, what)
            case "POST", ["v1", "audio", "speech"]:
                self._note(kept)
                await self._speech(kept, out)
            case _:
                return False
        return True

    def _note(self, kept: Kept) -> None:
        name = kept.body.get("model") if isinstance(kept.body, dict) else ""
        self.vendor.books.note_post(self.vendor.name, kept.path, str(name))

    async def _pictures(self, kept: Kept, request: Request, out: Out, what: str) -> None:
        form = self._form(kept, request) if what == "edits" else None
        given: Any = form.words if form else kept.body
        kept.body = form.kept() if form else slim(kept.body)
        model = self._model(kept, given, "picture")
        openai_pictures.check_known(given, openai_pictures.EDIT if form else openai_pictures.COMMON)
        read = openai_pictures.read_edit(form, model) if form else openai_pictures.read(given, model)
        order = Order(kept, out, model, *read)

        async def reply(order: Order) -> None:
            self._refuse(order)
            await self.until_ready(order.job)
            if order.what["stream"]:
                body = await asyncio.to_thread(openai_pictures.events, order.job, order.bill, KINDS[what])
                await self.send(order.kept, order.out, body, self._heads(EVENTS), order.fault, chunked=True)
                return
            told = await asyncio.to_thread(openai_pictures.answer, order.job, order.bill)
            body = json.dumps(told).encode()
            await self.send(order.kept, order.out, body, self._heads(self.vendor.json_type), order.fault)

        await self.take(order, reply)

    def _form(self, kept: Kept, request: Request) -> Form:
        kept.body = None  # the bytes of all pictures
        self.vendor.check_key(kept)
        return read_form(request)

    async def _speech(self, kept: Kept, out: Out) -> None:
        given = kept.body
        kept.body = slim(kept.body)
        model = self._model(kept, given, "speech")
        order = Order(kept, out, model, *openai_voices.read(given, model))
        await self.take(order, self._speak)

    async def _speak(self, order: Order) -> None:
        self._refuse(order)
        await self.until_ready(order.job)
        file = await asyncio.to_thread(made, order.job)
        content, mime = b"" if order.job["fault"] == "no_media" else file.content, file.mime
        if order.what["stream"] == "sse":
            content, mime = openai_voices.events(content, order.bill), EVENTS["content-type"]
        heads = self._heads({"content-type": mime})
        await self.send(order.kept, order.out, content, heads, order.fault, chunked=True)

    def _model(self, kept: Kept, given: Any, kind: str) -> MediaModel:
        name = given.get("model") if isinstance(given, dict) else None
        self.vendor.check_key(kept)
        if not isinstance(given, dict):
            raise self.vendor.unreadable()
        if not isinstance(name, str):
            raise openai_error(400, "you must provide a model parameter")
        model = self.models.get(name)
        if model is None or model.retired or model.kind != kind:
            raise _unknown(name, model)
        return model

    def _refuse(self, order: Order) -> None:
        """Raises `Rejected` for an order that is refused."""
        if order.job["fault"] != "refused":
            return
        if order.job["form"] == "content_policy_violation":
            raise openai_error(400, POLICY, code="content_policy_violation")
        number = f"req_standin{order.job['id']}"
        raise Rejected(
            400,
            {
                "error": {
                    "message": "Your request was rejected by the safety system. If you believe "
                    "this is an error, contact us at "
                    f"help.openai.com and include the request ID {number}. safety_violations=[sexual].",
                    "type": "image_generation_user_error",
                    "param": None,
                    "code": "moderation_blocked",
                    "moderation_details": {"moderation_stage": "output", "categories": ["sexual"]},
                }
            },
            code="moderation_blocked",
        )

    def _heads(self, kind: Any) -> dict[str, str]:
        number = f"req_standin{len(self.vendor.books.requests):08d}"
        return {"openai-version": "2020-10-01", "openai-processing-ms": "12", "x-request-id": number, **kind}

    def listed(self) -> list[str]:
        return [model.id for model in self.models.values() if not model.retired]


def _unknown(name: str, model: MediaModel | None) -> Rejected:
    if model is not None and model.retired:
        return openai_error(
            404, f"The model `{name}` has been deprecated, learn more here: "
            "https://platform.openai.com/docs/deprecations", param="model", code="model_not_found",
        )  # fmt: skip
    return openai_error(
        400,
        f"The model '{name}' does not exist or cannot be used here.",
        param="model",
        code="model_not_found",
    )
