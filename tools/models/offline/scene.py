"""Writing one scene: an exchange, its coverage, lengths that add up, and what must stay true."""

from dataclasses import replace

from state.script import Character, Expression, Place, Scene, Shot, Slate, Weather
from state.writing import SceneDraft, SceneOutline, WriteSceneInput
from tools.models.offline.appearance import garment_words
from tools.models.offline.bank import structure
from tools.models.offline.coverage import Setup, faces_of, lines_of, plan_coverage, stage_setup
from tools.models.offline.dialogue import Exchange, Spoken, write_exchange
from tools.models.offline.dice import Dice
from tools.models.offline.prompting import negative_prompt, scene_prompt, seen_in, shot_prompt
from tools.models.offline.rewrite import rewritten
from tools.models.offline.sets import OUTSIDE, name_place
from tools.models.offline.speech.memory import background_for, facts_for, remembered, said_before
from tools.models.offline.story import Story, story_of
from tools.models.offline.timing import (
    BUDGET,
    FPS,
    fewest_frames,
    frames_of,
    share_frames,
    shot_count,
    spoken_frames,
    words_in,
)

WEIGHTS = {"wide": 1.2, "insert": 0.5, "close_up": 0.9}
LONGEST_SHOT_S = 60


def compose_scene(input: WriteSceneInput) -> SceneDraft:
    """One scene with its shots, as long as asked, in the words of the plan."""
    story, brief, outline = story_of(input.brief), input.brief, input.outline
    pair, place = _pair(input), _place(input)
    dice = story.dice.child("scene", brief.episode_number, outline.number, input.advice)
    limit_s = min(brief.duration, LONGEST_SHOT_S)
    kept = rewritten(input, story, longest_s=limit_s)
    if kept is not None:
        update = {"model_id": brief.model_id, "parameters": _parameters(input)}
        return finish_scene(kept.model_copy(update=update), input, story, place)
    count = shot_count(input.shots, seconds=input.seconds, limit_s=limit_s)
    spoken = _spoken(input, story, pair, count)
    setups = plan_coverage(spoken, pair=pair, count=count, dice=dice)
    setups, lengths = _lengths(setups, input.seconds, limit_s, input.words_per_minute)
    scene = Scene(
        number=outline.number,
        title=outline.title,
        summary=outline.summary,
        place=outline.place,
        time=outline.time,
        mood=outline.mood,
        shots=_shots(input, story, setups, lengths, pair, place, dice),
        model_id=brief.model_id,
        parameters=_parameters(input),
    )
    return finish_scene(scene, input, story, place)


def finish_scene(scene: Scene, input: WriteSceneInput, story: Story, place: Place) -> SceneDraft:
    """Add notes and prompts to a scene whose shots stand, and wrap it as the writer's answer."""
    noted = scene.model_copy(update={"continuity_notes": continuity_notes(scene, story, place)})
    prompt = scene_prompt(
        noted,
        place,
        language=story.language,
        genre=story.genre,
        model_id=input.brief.model_id,
        previous=input.previous_scenes,
    )
    if input.advice:
        prompt = f"{prompt}\n{story.stage['prompt']['advice'].format(advice=input.advice)}"
    done = noted.model_copy(update={"prompt": prompt})
    return SceneDraft(
        sceneNumber=done.number,
        prompt=prompt,
        duration=input.brief.duration,
        modelRecommendation=input.brief.model_id,
        parameters=done.parameters,
        continuityNotes=done.continuity_notes,
        scene=done,
    )


def continuity_notes(scene: Scene, story: Story, place: Place) -> str:
    """What the scene shows and the next one must keep: read off the shots, so it is true."""
    notes, words = story.stage["notes"], story.words
    present = []
    last: dict[str, Expression] = {}
    for name in seen_in(scene):
        blocks = [one for shot in scene.shots for one in shot.staging.people if one.character == name]
        side = "left" if blocks[0].facing == "right" else "right"
        garment = garment_words(blocks[0].look, story.language)
        present.append(
            story.fill(notes["present"], {"name": name, "side": words["sides"][side], "garment": garment})
        )
        last[name] = blocks[-1].expression
    shown = any(shot.staging.subject for shot in scene.shots)
    loc = name_place(place, story.language).loc
    parting = [
        story.fill(notes["parting"], {"name": name, "expression": words["expressions"][face]})
        for name, face in last.items()
    ]
    return story.fill(
        notes["continuity"],
        {
            "place": scene.place,
            "time": words["time_names"][scene.time],
            "weather": words["weathers"][scene.shots[0].staging.weather],
            "present": " ".join(present),
            "object": story.fill(notes["seen"], {"loc": loc}) if shown else "",
            "parting": " ".join(parting),
        },
    )


def weather_of(story: Story, episode: int, outline: SceneOutline) -> Weather:
    """One sky per episode: it can only get darker towards the night."""
    mild = story.genre in ("comedy", "romance")
    storm = story.dice.number("storm", episode) % (4 if mild else 2) == 0
    if not storm:
        return "clear"
    sky: dict[str, Weather] = {"day": "clear", "dusk": "overcast", "night": "rain"}
    return sky[outline.time]


def _pair(input: WriteSceneInput) -> tuple[Character, Character]:
    cast = {one.name: one for one in input.plan.cast}
    people = [cast[name] for name in input.outline.characters if name in cast]
    people += [one for one in input.plan.cast if one not in people]
    return people[0], people[1]


def _place(input: WriteSceneInput) -> Place:
    named = [one for one in input.plan.places if one.name == input.outline.place]
    return named[0] if named else Place(name=input.outline.place, kind="living_room")


def _spoken(
    input: WriteSceneInput, story: Story, pair: tuple[Character, Character], count: int
) -> list[Spoken]:
    beat = input.outline.beat
    if beat not in structure()["sequences"]:
        beat = "confrontation"
    episode = [one for one in input.plan.episodes if one.number == input.brief.episode_number]
    beats = {scene.beat for one in episode for scene in one.scenes}
    if beat == "cliffhanger" and "turn" not in beats:
        beat = "cliffhanger_turn"
    third = next((one for one in input.plan.cast if one not in pair), None)
    exchange = Exchange(
        story=story,
        series=_series(input),
        lead=pair[0],
        opponent=pair[1],
        third=third,
        beat=beat,
        where=(input.brief.episode_number, input.outline.number),
        said=said_before(input),
        facts=facts_for(input),
        background=background_for(input),
        cast=tuple(input.plan.cast),
        remembered=remembered(input),
        variation=input.advice,
    )
    rate = input.words_per_minute / 60
    budget = int(input.seconds * rate * BUDGET)
    longest = int(min(input.seconds / count * 1.5, input.brief.duration) * rate)
    return write_exchange(exchange, budget=max(2, budget), longest=max(2, longest))


def _series(input: WriteSceneInput) -> Dice:
    plan, brief = input.plan, input.brief
    names = ", ".join(one.name for one in plan.cast)
    return Dice(f"{plan.title}\n{names}\n{brief.language}\n{brief.master_seed or 0}")


def _lengths(setups: list[Setup], seconds: float, limit_s: float, rate: int) -> tuple[list[Setup], list[int]]:
    """Shot lengths in frames; lines that would not fit are dropped from the end of the fullest shot."""
    total, limit = frames_of(seconds), int(limit_s * FPS)
    while True:
        texts = [[said.text for said in setup.spoken] for setup in setups]
        wished = [max(spoken_frames(one, rate), fewest_frames(one, rate)) for one in texts]
        least = [fewest_frames(one, rate) for one in texts]
        over = [at for at, need in enumerate(least) if need > limit]
        if sum(least) <= total and not over:
            break
        if not any(texts):
            least = wished = [max(1, total // len(setups))] * len(setups)
            break
        moved = _relieved(setups, over[0], int(limit_s * rate / 60)) if over else None
        setups = moved or _with_less(setups, over[0] if over else None)
    needs = wished if sum(wished) <= total and max(wished) <= limit else least
    weights = [WEIGHTS.get(setup.size, 1.0) for setup in setups]
    return setups, share_frames(total, needs, weights, limit=limit)


def _relieved(setups: list[Setup], at: int, most: int) -> list[Setup] | None:
    """The last line of an overfull shot opens the next one, or its first one closes the one before."""
    spoken = setups[at].spoken
    for beside, line, kept in ((at + 1, spoken[-1], spoken[:-1]), (at - 1, spoken[0], spoken[1:])):
        if not kept or not 0 <= beside < len(setups) or setups[beside].size == "insert":
            continue
        there = [line, *setups[beside].spoken] if beside > at else [*setups[beside].spoken, line]
        if sum(words_in(said.text) for said in there) > most:
            continue
        new = {at: kept, beside: there}
        return [
            replace(setup, spoken=new[index], on=new[index][-1].speaker, other=new[index][-1].listener)
            if index in new
            else setup
            for index, setup in enumerate(setups)
        ]
    return None


def _with_less(setups: list[Setup], at: int | None) -> list[Setup]:
    def fullness(index: int) -> int:
        return sum(words_in(said.text) for said in setups[index].spoken)

    fullest = max(range(len(setups)), key=fullness) if at is None else at
    spoken = setups[fullest].spoken
    spare = [one for one in spoken if not one.essential] or spoken[:1]
    less = [one for one in spoken if one is not spare[0]]
    changed = Setup(
        size=setups[fullest].size,
        move=setups[fullest].move,
        spoken=less,
        on=setups[fullest].on,
        other=setups[fullest].other,
    )
    return [changed if index == fullest else setup for index, setup in enumerate(setups)]


def _shots(
    input: WriteSceneInput,
    story: Story,
    setups: list[Setup],
    lengths: list[int],
    pair: tuple[Character, Character],
    place: Place,
    dice: Dice,
) -> list[Shot]:
    weather = weather_of(story, input.brief.episode_number, input.outline)
    used = {shot.description for scene in input.previous_scenes for shot in scene.shots}
    faces: dict[str, Expression] = {}
    shots = []
    for at, (setup, frames) in enumerate(zip(setups, lengths, strict=True)):
        staging = stage_setup(
            setup, input.outline, place, weather=weather, pair=pair, before=faces, thing=story.thing
        )
        faces = faces_of(setup, faces)
        description = _describe(story, setup, input.outline, place, faces, dice.child(at), used)
        used.add(description)
        shot = Shot(
            slate=Slate(scene=input.outline.number, shot=chr(ord("A") + at)),
            description=description,
            staging=staging,
            lines=lines_of(setup),
            duration_s=frames / FPS,
            negative_prompt=negative_prompt(staging, story.language),
        )
        shots.append(shot.model_copy(update={"prompt": shot_prompt(shot, story.language)}))
    return shots


def _describe(
    story: Story,
    setup: Setup,
    outline: SceneOutline,
    place: Place,
    faces: dict[str, Expression],
    dice: Dice,
    used: set[str],
) -> str:
    """A description that this episode has not used; the faces choose the actions."""
    stage, named = story.stage, name_place(place, story.language)
    table = "wide_outside" if setup.size == "wide" and place.kind in OUTSIDE else setup.size
    slots = {"loc": named.loc, "first": named.first, "second": named.second, "topic": story.topics[0]}
    near = dice.pick(stage["furniture"]["near"], "near")
    slots["near"] = story.fill(near, slots)[:1].lower() + story.fill(near, slots)[1:]
    slots |= {"a": setup.on.name, "b": setup.other.name, "n": setup.on.name}
    slots["time_cap"] = _time_phrase(story, outline)
    text = ""
    for template in dice.order(stage["shots"][table], "template"):
        for turn in range(4):
            acts = _acts(story, setup, faces, slots, dice.child(turn))
            text = story.fill(template, slots | acts)
            if text not in used:
                return text
    return text


def _acts(
    story: Story, setup: Setup, faces: dict[str, Expression], slots: dict[str, str], dice: Dice
) -> dict[str, str]:
    def act(who: Character, purpose: str) -> str:
        clauses = story.stage["actions"][faces.get(who.name, "neutral")]
        text = story.fill(dice.pick(clauses, purpose), slots)
        return text[:1].lower() + text[1:]

    mine, theirs = act(setup.on, "on"), act(setup.other, "other")
    return {"act": mine, "act_a": mine, "act_b": theirs}


def _time_phrase(story: Story, outline: SceneOutline) -> str:
    name: str = story.words["time_names"][outline.time]
    return name[:1].upper() + name[1:]


def _parameters(input: WriteSceneInput) -> dict[str, str | int | float | bool]:
    brief = input.brief
    return {"aspect_ratio": brief.aspect_ratio, "resolution": brief.resolution, "duration": brief.duration}
