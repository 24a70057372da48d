"""The product of a brief in the picture: at least one insert of it in every episode."""

from state.brief import ProductBrief
from state.script import Language, Scene, Shot
from state.writing import WriteSceneInput
from tools.models.offline.shooting.prompting import negative_prompt, shot_prompt
from tools.models.offline.words.bank import bank
from tools.models.offline.words.timing import words_in

SUBJECT = "product"


def with_product(scene: Scene, input: WriteSceneInput) -> Scene:
    """The scene with an insert of the product, where it is this scene's turn and it has none yet."""
    product = input.brief.product
    if product is None or not product_words(input) or any(_shows(shot) for shot in scene.shots):
        return scene
    at = min(range(len(scene.shots)), key=lambda index: _cost(scene.shots, index))
    shots = list(scene.shots)
    shots[at] = _insert(shots[at], product, input.brief.language)
    return scene.model_copy(update={"shots": shots})


def product_words(input: WriteSceneInput) -> str:
    """What the insert shows; empty where there is no product or it is another scene's turn."""
    product = input.brief.product
    if product is None or input.outline.number != _turn(input):
        return ""
    named = [shot.description for one in input.brief.scenes for shot in one.shots]
    if any(product.name.casefold() in text.casefold() for text in named):
        return ""
    return _told(product, input.brief.language)


def _told(product: ProductBrief, language: Language) -> str:
    texts = bank(language)["own"]["product"]
    if not product.description:
        return str(texts["insert"]).format(name=product.name)
    return str(texts["told"]).format(name=product.name, what=product.description)


def _turn(input: WriteSceneInput) -> int:
    """The middle one of the scenes that we invent, else of those we cut; fixed shots are left alone."""
    own = {one.number: one for one in input.brief.scenes if one.shots or one.lines}
    count = input.brief.scenes_per_episode
    cut = [number for number, one in own.items() if one.lines or one.breakdown == "free"]
    free = [number for number in range(1, count + 1) if number not in own] or cut
    return min(free, key=lambda number: abs(2 * number - count - 1), default=0)


def _shows(shot: Shot) -> bool:
    return shot.staging.subject == SUBJECT and shot.staging.size == "insert"


def _cost(shots: list[Shot], at: int) -> tuple[bool, bool, int]:
    """What is lost when a shot becomes the insert: first an insert, then silence, last opening and end."""
    spoken = sum(words_in(line.text) for line in shots[at].lines)
    return shots[at].staging.size != "insert", at in (0, len(shots) - 1), spoken


def _insert(shot: Shot, product: ProductBrief, language: Language) -> Shot:
    staging = shot.staging.model_copy(
        update={"size": "insert", "people": [], "subject": SUBJECT, "move": "push_in"}
    )
    changed = shot.model_copy(
        update={
            "description": _told(product, language),
            "staging": staging,
            "negative_prompt": negative_prompt(staging, language),
        }
    )
    return changed.model_copy(update={"prompt": shot_prompt(changed, language)})
