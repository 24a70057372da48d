"""Continuity: what a scene shows and the next one must keep, read off its shots so that it is true."""

from dataclasses import dataclass

from state.script import Blocking, Expression, Language, Line, Scene
from tools.models.offline.places.sets import name_place
from tools.models.offline.things.things import left_by, name_thing
from tools.models.offline.words.appearance import worn_words
from tools.models.offline.words.bank import Table, bank
from tools.models.offline.words.grammar import Filling, fill

SHORTEST_NEWS = 4


@dataclass(frozen=True, kw_only=True)
class News:
    """Something that was said and that somebody knows from now on."""

    teller: str
    hearer: str
    text: str


def continuity_notes(scene: Scene, language: Language) -> str:
    """Place and light, who stands where in what, what every hand holds, how they part and who knows what."""
    notes: Table = bank(language)["stage"]["notes"]
    words: Table = bank(language)["words"]
    first = scene.shots[0].staging
    sky = words["weathers"][first.weather]
    where = {"place": scene.place, "time": words["times"][scene.time], "weather": sky}
    parts = [
        _fill(notes["where"], language, where),
        *_present(scene, language),
        *_things(scene, language),
        *_parting(scene, language),
        *[_told(one, language) for one in news_of(scene)],
    ]
    return " ".join(parts)


def news_of(scene: Scene) -> list[News]:
    """The weightiest statement of each person in a scene, and who heard it."""
    everybody = list(_blocks(scene))
    found: dict[str, News] = {}
    for shot in scene.shots:
        near = [one.character for one in shot.staging.people]
        for line in shot.lines:
            hearer = next((name for name in [*near, *everybody] if name != line.speaker), "")
            known = found[line.speaker].text if line.speaker in found else ""
            if hearer and _is_news(line) and len(line.text) >= len(known):
                found[line.speaker] = News(teller=line.speaker, hearer=hearer, text=line.text)
    return list(found.values())


def _is_news(line: Line) -> bool:
    """A statement of some length; one with quotes in it cannot be quoted itself."""
    quotes = set('"«»“”') & set(line.text)
    return not quotes and not line.text.endswith("?") and len(line.text.split()) >= SHORTEST_NEWS


def _present(scene: Scene, language: Language) -> list[str]:
    notes, words = bank(language)["stage"]["notes"], bank(language)["words"]
    told = []
    for name, blocks in _blocks(scene).items():
        side = {"right": "left", "left": "right", "camera": "centre"}[blocks[0].facing]
        slots = {"name": name, "side": words["sides"][side], "garment": worn_words(blocks[0].look, language)}
        told.append(_fill(notes["present"], language, slots))
    return told


def _things(scene: Scene, language: Language) -> list[str]:
    notes, told = bank(language)["stage"]["notes"], []
    kinds = {shot.staging.place.name: shot.staging.place for shot in scene.shots}
    for thing, where in left_by([scene]).items():
        slots = name_thing(thing, language).slots | {"name": where.holder}
        if where.holder:
            told.append(_fill(notes["held"], language, slots))
        else:
            slots |= {"loc": name_place(kinds[where.place], language).loc} if where.place in kinds else {}
            told.append(_fill(notes["lies"] if "loc" in slots else notes["lies_there"], language, slots))
    return told


def _parting(scene: Scene, language: Language) -> list[str]:
    notes, words = bank(language)["stage"]["notes"], bank(language)["words"]
    last: dict[str, Expression] = {name: blocks[-1].expression for name, blocks in _blocks(scene).items()}
    return [
        _fill(notes["parting"], language, {"name": name, "expression": words["expressions"][face]})
        for name, face in last.items()
    ]


def _told(news: News, language: Language) -> str:
    notes = bank(language)["stage"]["notes"]
    return _fill(notes["knows"], language, {"hearer": news.hearer, "teller": news.teller, "text": news.text})


def _blocks(scene: Scene) -> dict[str, list[Blocking]]:
    """Everybody who is seen, with every blocking of theirs in order."""
    found: dict[str, list[Blocking]] = {}
    for shot in scene.shots:
        for one in shot.staging.people:
            found.setdefault(one.character, []).append(one)
    return found


def _fill(template: str, language: Language, slots: dict[str, str]) -> str:
    return fill(template, Filling(language=language, slots=slots))
