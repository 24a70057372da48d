"""A brief's JSON schema as a form: a field that is added to the brief needs no change here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from server.api.models import CatalogueView, ModelView
from server.api.text_models import TextCatalogueView
from server.console.writers import choices_of, note_of, of_roles

Kind = Literal[
    "line",
    "area",
    "number",
    "choice",
    "toggle",
    "colour",
    "words",
    "list",
    "group",
    "json",
    "picture",
    "script",
]
Schema = Mapping[str, Any]
LONG_TEXT = 400
FIRST = ("title", "description", "genre", "language")
SHAPE = (
    "scenes_per_episode",
    "shots_per_scene",
    "episode_seconds",
    "aspect_ratio",
    "resolution",
    "model_id",
    "image_model",
    "voice_model",
    "music_model",
    "narrator",
)
STORY = ("characters", "places", "scenes")
OWN = ("script", "product")
PICTURES = ("picture", "panel")
ANIMATIC = ("previz-animatic", "Offline animatic only · $0")
DRAWN = ("previz-panel", "Drawn offline only · $0")
SPOKEN = ("kokoro-82m", "Spoken offline · $0")
PLAYED = ("orchestra", "Played offline · $0")
SINGS = "lyrics"
"""An episode has no words to be sung."""
PICTURE_HELP = "PNG, JPEG or WebP, at most 20 MB."
BY_ROLE = {"text_models": "As chosen for all", "text_fallbacks": "Nobody"}
"""What it means where no model is said for a role."""
CHOICE_WORDS = {
    "en": "English", "es": "Español", "pt-BR": "Português (Brasil)", "16:9": "Wide 16:9", "9:16": "Tall 9:16",
    "1:1": "Square 1:1", "ask": "Ask me at every gate", "auto": "Approve everything as planned",
}  # fmt: skip
LABELS = {
    "model_id": "Video model", "image_model": "Picture model", "voice_model": "Voice model",
    "music_model": "Music model", "id": "Which voice", "master_seed": "Seed",
    "episode_seconds": "Seconds",
    "scenes_per_episode": "Scenes", "shots_per_scene": "Shots per scene", "episode_number": "Episode",
    "target_episodes": "Episodes in the series", "ceiling_usd": "Never more than (US dollars)",
    "aspect_ratio": "Shape", "review": "Gates", "panel": "Storyboard picture", "picture": "Picture",
    "text_model": "Who writes it", "text_allowance_usd": "All text never more than (US dollars)",
    "use_cache": "Use again what was bought for the same",
    "preproduction_usd": "Before the quote never more than (US dollars)",
    "text_models": "Who writes, by role", "text_fallbacks": "Who writes instead, by role",
    "script": "Your own screenplay", "previous": "The episode before", "narrator": "A narrator",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class FormField:
    """One thing to fill in. A list holds its filled items and one empty item to copy."""

    name: str
    label: str
    kind: Kind
    help: str = ""
    value: Any = None
    default: Any = None
    required: bool = False
    given: bool = False
    """The brief says it; what it leaves open is not sent, so that the API's defaults hold."""
    optional: bool = False
    """A group that may be left out as a whole."""
    choices: Sequence[tuple[str, str]] = ()
    """Of a line they are only proposed."""
    minimum: float | None = None
    maximum: float | None = None
    whole: bool = True
    max_length: int | None = None
    fields: Sequence["FormField"] = ()
    items: Sequence["FormField"] = ()
    blank: "FormField | None" = None
    listed: str = ""
    """Names the list of what a line proposes."""


@dataclass(frozen=True, kw_only=True)
class BriefForm:
    """The form in its parts, from what everybody fills in to what hardly anybody does."""

    first: list[FormField]
    shape: list[FormField]
    story: list[FormField]
    own: list[FormField]
    more: list[FormField]
    run: list[FormField] = field(default_factory=list)


def _sold(models: Iterable[ModelView]) -> list[tuple[str, str]]:
    return [(model.id, f"{model.name} · {model.price_range}") for model in models]


def brief_form(
    brief_schema: Schema,
    context_schema: Schema,
    *,
    brief: Mapping[str, Any],
    models: CatalogueView,
    writers: TextCatalogueView | None = None,
) -> BriefForm:
    """The form for a brief, filled in with what is known of it."""
    fields = _Reader(
        brief_schema,
        offered={
            "model_id": [*_sold(models.video), ANIMATIC],
            "image_model": [*_sold(models.image), DRAWN],
            "voice_model": [SPOKEN, *_sold(models.voice)],
            "music_model": [PLAYED, *_sold(one for one in models.music if SINGS not in one.features)],
        },
    )
    found = {one.name: one for one in fields.of(brief_schema, brief)}
    found["description"] = replace(found["description"], label="Story")
    knobs = _Reader(context_schema, offered={"text_model": choices_of(writers)} if writers else {})
    known = {*FIRST, *SHAPE, *STORY, *OWN}
    return BriefForm(
        first=[found[name] for name in FIRST],
        shape=[found[name] for name in SHAPE if name in found],
        story=[found[name] for name in STORY],
        own=[found[name] for name in OWN if name in found],
        more=[one for name, one in found.items() if name not in known],
        run=[_about_writers(one, writers) for one in knobs.of(context_schema, {})],
    )


def _about_writers(one: FormField, writers: TextCatalogueView | None) -> FormField:
    """Who writes is told with what it takes; what says so by role has a choice for each."""
    if writers is None:
        return one
    if one.name == "text_model":
        return replace(one, help=note_of(writers))
    if one.name not in BY_ROLE:
        return one
    kind: Kind = "line" if writers.own_server else "choice"
    fields = [
        FormField(
            name=role, label=_words(role), kind=kind, value="", listed=f"{one.name}-{role}",
            choices=[("", BY_ROLE[one.name]), *models],
        )
        for role, models in of_roles(writers)
    ]  # fmt: skip
    told = one.help.partition(":")[0] if one.name == "text_models" else one.help
    return replace(one, kind="group", fields=fields, help=told.rstrip(".") + ".", value=None)


class _Reader:
    """Reads fields out of one schema document."""

    def __init__(self, document: Schema, *, offered: Mapping[str, Sequence[tuple[str, str]]]) -> None:
        """`offered` are the choices of fields that the document has as any words."""
        self._kinds = document.get("$defs", {})
        self._offered = offered

    def of(self, schema: Schema, values: Mapping[str, Any]) -> list[FormField]:
        """The fields of an object."""
        required = schema.get("required", [])
        return [
            replace(
                self._field(name, facts, values.get(name), required=name in required), given=name in values
            )
            for name, facts in schema.get("properties", {}).items()
        ]

    def _field(self, name: str, facts: Schema, value: Any, *, required: bool) -> FormField:
        plain, optional = self._plain(facts)
        kind = self._kind(name, plain)
        told = facts.get("description", plain.get("description", ""))
        shared: dict[str, Any] = {
            "name": name, "label": LABELS.get(name, _words(name)), "kind": kind,
            "help": PICTURE_HELP if kind == "picture" else told, "value": value,
            "default": facts.get("default"), "required": required, "optional": optional,
            "minimum": plain.get("minimum"), "maximum": plain.get("maximum"),
            "max_length": plain.get("maxLength"), "whole": plain.get("type") != "number",
        }  # fmt: skip
        if kind == "toggle" and optional:
            shared["kind"] = "truth"
        if kind == "choice":
            shared["choices"] = self._choices(name, plain)
        if kind == "group":
            shared["fields"] = self.of(plain, value or {})
        if kind == "list":
            item, _ = self._plain(plain["items"])
            shared["items"] = [self._item(item, each) for each in value or []]
            shared["blank"] = self._item(item, {})
        return FormField(**shared)

    def _item(self, schema: Schema, value: Mapping[str, Any]) -> FormField:
        return FormField(name="", label="", kind="group", fields=self.of(schema, value))

    def _plain(self, facts: Schema) -> tuple[Schema, bool]:
        """What a reference or an optional value really is, and whether it may be left out."""
        if "$ref" in facts:
            return self._kinds[facts["$ref"].rpartition("/")[2]], False
        variants = [one for one in facts.get("anyOf", []) if one.get("type") != "null"]
        if len(variants) == 1:
            return self._plain(variants[0])[0], True
        return facts, False

    def _kind(self, name: str, plain: Schema) -> Kind:
        if "enum" in plain or name in self._offered:
            return "choice"
        if plain.get("type") == "object":
            return "group" if "properties" in plain else "json"
        if plain.get("type") == "array":
            item, _ = self._plain(plain.get("items", {}))
            return "words" if item.get("type") == "string" else "list" if "properties" in item else "json"
        if plain.get("type") == "string":
            if name in PICTURES or name == "script":
                return "script" if name == "script" else "picture"
            long = plain.get("maxLength", 0) > LONG_TEXT and name != "title"
            return "colour" if "#" in plain.get("pattern", "") else "area" if long else "line"
        simple: dict[str, Kind] = {"integer": "number", "number": "number", "boolean": "toggle"}
        return simple.get(str(plain.get("type")), "json")

    def _choices(self, name: str, plain: Schema) -> list[tuple[str, str]]:
        if "enum" in plain:
            return [(one, CHOICE_WORDS.get(one, _words(one))) for one in plain["enum"]]
        empty = [("", "As the brief says")] if plain.get("default") == "" else []
        return [*empty, *self._offered[name]]


def _words(name: str) -> str:
    return name.replace("_", " ").capitalize()
