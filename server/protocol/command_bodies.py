"""What a client may say in a command of protocol v2: the envelope, and the parameters of each method."""

from typing import Any, Literal

from pydantic import ConfigDict, Field, StrictInt, model_validator

from server.protocol.kept import Knobs, Told
from server.protocol.run_bodies import CommandBody, RunBody, SendBody
from server.protocol.shapes import RunConfig
from server.protocol.wire import ProtocolBody

ErrorCode = Literal[
    "invalid_argument", "unknown_command", "unknown_error", "no_such_run", "no_such_subscription",
    "no_such_namespace", "no_such_interrupt", "no_such_checkpoint", "permission_denied", "not_supported",
]  # fmt: skip
LARGEST_ID = 2**53
MOST_RESPONSES = 1000


class Command(ProtocolBody):
    """One command: what is to be done, and the number under which the answer comes back."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": 1,
                    "method": "run.start",
                    "params": {"assistant_id": "novela", "input": {"brief": {}}},
                },
                {
                    "id": 2,
                    "method": "input.respond",
                    "params": {
                        "interrupt_id": "c7fb8e1e1f0b4f6d9a3b2c1d0e9f8a7b",
                        "namespace": [],
                        "response": {"approve_all": True},
                    },
                },
            ]
        }
    )

    id: StrictInt = Field(
        ge=0, le=LARGEST_ID, description="The client's number of this command.", examples=[1]
    )
    method: str = Field(max_length=200, description="What is to be done.", examples=["run.start"])
    params: dict[str, Any] = Field(default_factory=dict, description="How, by method.")


class RunStartParams(RunBody):
    """A run on this thread; the thread is made when it is new. Words as in v1, except for the strategy's."""

    @model_validator(mode="before")
    @classmethod
    def _as_v1(cls, sent: Any) -> Any:
        if not isinstance(sent, dict):
            return sent
        strategy = sent.get("multitaskStrategy", sent.get("multitask_strategy"))
        place = _configurable(sent)
        # Only `input.respond` answers.
        told = {"multitask_strategy": strategy, "if_not_exists": "create", "command": None}
        return {**sent, **told, "checkpoint": {name: place.get(name) for name in CHECKPOINT_WORDS}}


CHECKPOINT_WORDS = ("checkpoint_id", "checkpoint_ns")


class ResponseEntry(ProtocolBody):
    """One answer to one question."""

    interrupt_id: str = Field(max_length=200, description="The question.")
    namespace: list[str] = Field(default_factory=list, description="Where it was asked.")
    response: Any = Field(default=None, description="The answer.")


class RespondParams(ProtocolBody):
    """One answer, or several at once; the state may be changed and the way chosen in the same step."""

    responses: list[ResponseEntry] = Field(
        min_length=1, max_length=MOST_RESPONSES, description="The answers."
    )
    update: dict[str, Any] | list[tuple[str, Any]] | None = Field(
        default=None, description="Written to the state with the answers."
    )
    goto: str | SendBody | list[str | SendBody] | None = Field(default=None, description="Where to go.")
    config: RunConfig | None = Field(default=None, description="LangGraph's config.")
    context: Knobs | None = Field(default=None, description="The knobs of the run.")
    metadata: Told | None = Field(default=None, description="What you want to find it by.")

    @model_validator(mode="before")
    @classmethod
    def _one_as_several(cls, sent: Any) -> Any:
        if not isinstance(sent, dict) or sent.get("responses") is not None:
            return sent
        if "response" not in sent:
            raise ValueError("send `interrupt_id` and `response`, or `responses`")
        one = {name: sent[name] for name in ("interrupt_id", "namespace", "response") if name in sent}
        return {**sent, "responses": [one]}

    @model_validator(mode="after")
    def _each_once(self) -> "RespondParams":
        ids = [one.interrupt_id for one in self.responses]
        if len(ids) != len(set(ids)):
            raise ValueError("a question is answered twice in `responses`")
        return self

    @property
    def answers(self) -> dict[str, Any]:
        """The answers by question."""
        return {one.interrupt_id: one.response for one in self.responses}

    def as_run(self, assistant_id: str) -> RunBody:
        """The run that takes these answers to the graph."""
        return RunBody(
            assistant_id=assistant_id,
            command=CommandBody(resume=self.answers, update=self.update, goto=self.goto),
            config=self.config,
            context=self.context,
            metadata=self.metadata,
        )


def _configurable(sent: dict[str, Any]) -> dict[str, Any]:
    config = sent.get("config")
    place = config.get("configurable") if isinstance(config, dict) else None
    return place if isinstance(place, dict) else {}
