"""Writing one scene: an exchange, its coverage, lengths that add up, and what must stay true."""

from collections import ChainMap
from collections.abc import Mapping
from dataclasses import replace

from state.script import (
    Character,
    EffectKind,
    Place,
    Scene,
    Shot,
    Slate,
    ThingLook,
    Weather,
)
from state.writing import SceneDraft, SceneOutline, WriteSceneInput
from tools.models.offline.brief.makers_notes import told_only, wishes_of
from tools.models.offline.brief.obeyed import has_blank_screens
from tools.models.offline.brief.reading import mentions, text_of
from tools.models.offline.brief.story import Story, story_of
from tools.models.offline.brief.wishes import unheard
from tools.models.offline.clauses.tokens import sentences_of
from tools.models.offline.deeds.acting import acted
from tools.models.offline.deeds.happening import ONCE
from tools.models.offline.ledger.of_film import ledger_of
from tools.models.offline.ledger.stage import Stage
from tools.models.offline.own import own_scene
from tools.models.offline.persons.animals import animals_of
from tools.models.offline.persons.as_teller import scene_as_told, scene_named
from tools.models.offline.persons.worn_once import bare_before
from tools.models.offline.places.lights import are_out, stand_out, with_lights
from tools.models.offline.places.outdoors import IN_WEATHER
from tools.models.offline.places.overall_hour import overall_hour
from tools.models.offline.places.sets import title_of_place
from tools.models.offline.places.skies import sky_of
from tools.models.offline.places.ways import ways_of
from tools.models.offline.rewrite import rewritten
from tools.models.offline.shooting.company import all_seen
from tools.models.offline.shooting.continuity import continuity_notes
from tools.models.offline.shooting.coverage import plan_coverage
from tools.models.offline.shooting.cutting import in_clauses, that_fit
from tools.models.offline.shooting.describing import Phrases, describe
from tools.models.offline.shooting.floor import Floor
from tools.models.offline.shooting.grounded import with_revealed, without_strays
from tools.models.offline.shooting.prompting import negative_prompt, scene_prompt, shot_prompt
from tools.models.offline.shooting.scenes_before import (
    framed_before,
    framed_lately,
    latest_pictures,
    put_on_glasses,
    scenes_here,
    shown_close,
)
from tools.models.offline.shooting.setup import Occasion, Setup
from tools.models.offline.shooting.shot_lengths import fit_shots
from tools.models.offline.shooting.sounding import effects_of
from tools.models.offline.shooting.staging import lines_of, stage_shots
from tools.models.offline.speech.memory import facts_for, remembered, said_before
from tools.models.offline.telling.dialogue import write_exchange
from tools.models.offline.telling.exchange import Exchange
from tools.models.offline.telling.facts import laid_facts, scene_facts
from tools.models.offline.telling.spoken import Spoken
from tools.models.offline.telling.wholeness import made_whole
from tools.models.offline.things.key_things import keys_after, with_keys
from tools.models.offline.things.load_bearing import load_bearing
from tools.models.offline.things.meant import all_shown
from tools.models.offline.things.picturing import picture_of
from tools.models.offline.things.product import with_product
from tools.models.offline.things.shown import parted, things_seen, words_of
from tools.models.offline.things.thing_look import colours_in, looks_after, stripes_in
from tools.models.offline.things.things import left_by, things_in
from tools.models.offline.things.titled import unseen_titled, with_titled
from tools.models.offline.things.told_nouns import nouns_told
from tools.models.offline.words.bank import structure
from tools.models.offline.words.dice import Dice
from tools.models.offline.words.fact import Fact
from tools.models.offline.words.timing import (
    BUDGET,
    FPS,
    SHORTEST_FRAMES,
    frames_of,
    letters_of,
    shot_count,
    words_in,
)

MOST_PEOPLE = 3
LONGEST_SHOT_S = 60
THIN_BRIEF = 1.1
"""Words a second below which a brief says too little for its film, and people talk around it."""


def compose_scene(input: WriteSceneInput) -> SceneDraft:
    """One scene with its shots, as long as asked, in the words of the plan."""
    told = scene_as_told(input)
    return scene_named(_composed(told), input, told)


def _composed(input: WriteSceneInput) -> SceneDraft:
    """The scene as the story calls everybody: who says I is I."""
    wishes, blank = wishes_of(input.brief), has_blank_screens(input.brief)
    ways = ways_of(input.plan, input.brief, input.outline.number) if input.own is None else ()
    input = input.model_copy(update={"brief": told_only(input.brief)})
    story, brief, outline = story_of(input.brief), input.brief, input.outline
    people, place = _people(input), _place(input)
    dice = story.dice.child("scene", brief.episode_number, outline.number, input.advice)
    limit_s = min(brief.duration, LONGEST_SHOT_S)
    kept = rewritten(input, story, longest_s=limit_s)
    if kept is not None:
        update = {"model_id": brief.model_id, "parameters": _parameters(input)}
        return finish_scene(kept.model_copy(update=update), input, story, place)
    brought = own_scene(input, story, place, weather=weather_of(story, outline, brief.description))
    if brought is not None:
        return finish_scene(brought, input, story, place)
    count = shot_count(input.shots, seconds=input.seconds, limit_s=limit_s)
    told = in_clauses(_spoken(input, story, people, count), count, story.language)
    spoken = _acted(told, input, story, place)
    floor = replace(_floor(input, story, spoken, people, place), blank_screens=blank, ways=ways)
    occasion = _occasion(input, story, floor, count=count, limit_s=limit_s)
    setups = plan_coverage(
        that_fit(spoken, count, room=occasion.room, opens=occasion.new_place), occasion, dice
    )
    setups = all_seen(setups, people, floor.stage, story.language)
    setups, lengths = fit_shots(setups, input.seconds, limit_s, input.words_per_minute)
    setups = unheard(made_whole(setups, story.language), wishes, story.language)
    scene = Scene(
        number=outline.number,
        title=outline.title,
        summary=outline.summary,
        place=outline.place,
        time=outline.time,
        mood=outline.mood,
        shots=_shots(input, story, setups, lengths, floor),
        model_id=brief.model_id,
        parameters=_parameters(input),
    )
    return finish_scene(scene, input, story, place)


def finish_scene(scene: Scene, input: WriteSceneInput, story: Story, place: Place) -> SceneDraft:
    """Add notes and prompts to a scene whose shots stand, and wrap it as the writer's answer."""
    scene = with_product(scene, input)
    notes = continuity_notes(scene, story.language)
    noted = scene.model_copy(update={"continuity_notes": notes})
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


def weather_of(story: Story, outline: SceneOutline, text: str = "") -> Weather:
    """The sky that the scene's words ask for, else the one that stands over the story; `text` is its own."""
    return sky_of(outline.summary, text, outline.time, story.language)


def _people(input: WriteSceneInput) -> tuple[Character, ...]:
    """Who the plan brings on, the lead first; the lead of the series when it names nobody."""
    cast = {one.name: one for one in input.plan.cast}
    planned = [name for name in input.outline.characters if name in cast][:MOST_PEOPLE]
    # Whom the scene's own words show is there, though the plan has left them out.
    shown = [name for name in _stage(input).people() if name in cast]
    named = [cast[name] for name in dict.fromkeys([*planned, *shown])]
    return tuple(named or input.plan.cast[:1])


def _place(input: WriteSceneInput) -> Place:
    named = [one for one in input.plan.places if one.name == input.outline.place]
    return named[0] if named else Place(name=input.outline.place, kind="living_room")


def _spoken(input: WriteSceneInput, story: Story, people: tuple[Character, ...], count: int) -> list[Spoken]:
    limit_s = min(input.brief.duration, LONGEST_SHOT_S)
    exchange = Exchange(
        story=story,
        people=people,
        cast=tuple(input.plan.cast),
        narrator=input.plan.narrator,
        facts=facts_for(input),
        where=(input.brief.episode_number, input.outline.number),
        said=said_before(input),
        ends=_ends(input),
        stage=_stage(input),
        outside=_place(input).kind in IN_WEATHER,
        remembered=remembered(input),
        variation=input.advice,
        earlier=_told_before(input),
        longest_shot=int(limit_s * input.words_per_minute / 60),
        premise=_premise(input),
    )
    rate = input.words_per_minute / 60
    # One shot at least is only looked at, when there are more than two.
    heard = frames_of(input.seconds) - SHORTEST_FRAMES * (count > 2)
    budget = int(min(input.seconds * BUDGET, heard / FPS) * rate)
    longest = int(min(input.seconds / count * 1.5, input.brief.duration) * rate)
    # A frame a shot is lost to whole frames.
    most = int((frames_of(input.seconds) - count) / FPS * rate)
    return write_exchange(exchange, budget=max(2, budget), longest=max(2, longest), most=most)


def _premise(input: WriteSceneInput) -> tuple[Fact, ...]:
    """What a brief says that says too little for its seconds."""
    if words_in(input.brief.description) > THIN_BRIEF * input.brief.episode_seconds:
        return ()
    laid = laid_facts(input.plan, input.brief)
    facts = [fact for where in sorted(laid) for fact in laid[where]]
    return tuple(fact for fact in facts if fact.source == "description" and not fact.again)


def _told_before(input: WriteSceneInput) -> tuple[str, ...]:
    """The sentences of the scene before."""
    number = input.outline.number - 1
    if number < 1:
        return ()
    facts = scene_facts(
        input.plan, input.brief, episode_number=input.brief.episode_number, scene_number=number
    )
    return tuple(one for fact in facts for one in sentences_of(fact.text))


def _acted(lines: list[Spoken], input: WriteSceneInput, story: Story, place: Place) -> list[Spoken]:
    """Hands, faces and things by the words themselves, told or said."""
    words = words_of(input.brief, outside=place.kind in IN_WEATHER, people=_people(input))
    words = replace(words, heavy=tuple(load_bearing(input.brief)))
    before = input.previous_scenes[-1].summary if input.previous_scenes else ""
    stage, cast = _stage(input), {one.name: one for one in input.plan.cast}
    done = [_done_by(one, stage, cast) for one in lines if one.told]
    told = iter([_in_sight(one, stage) for one in all_shown(done, words, before=before)])
    return [next(told) if one.told else acted(one, story.language) for one in lines]


def _in_sight(line: Spoken, stage: Stage) -> Spoken:
    """The line without a thing that nobody can see then: a face tells it. Pieces are those of their thing."""
    stand = stage.of([line])
    pieces = next((one.pieces for one in stage.clauses(line) if one.pieces), "")
    line = replace(line, thing=pieces) if pieces else line
    if line.thing not in stand.hidden:
        return line
    hands = line.gesture if line.gesture != "holding" else "none"
    return replace(line, thing="", gesture=hands, itself=False)


def _done_by(line: Spoken, stage: Stage, cast: Mapping[str, Character]) -> Spoken:
    """What is told, about whoever the ledger sees do it; the words of what they do."""
    stand = stage.of([line])
    names = [name for name in (stand.doer, *stand.acting) if name in cast]
    if not names:
        return replace(line, done_by="", done=stand.text)
    speaker = cast[names[0]]
    others = [cast[name] for name in stand.here if name in cast and name != speaker.name]
    other = others[0] if others else line.listener if line.listener is not speaker else line.speaker
    return replace(
        line, speaker=speaker, listener=other, done_by=stand.doer, done=stand.text,
        gesture=line.gesture if speaker is line.speaker and not _is_over(line, stand.text) else "none",
    )  # fmt: skip


def _is_over(line: Spoken, done: str) -> bool:
    """Whether what hands do was told before: `knocks` is over when he `asks for soup`."""
    told = line.fact is None or not line.fact.verb or line.fact.verb in f"{done} {line.text}"
    return (line.gesture in ONCE or line.heard is not None) and not told


def _series(input: WriteSceneInput) -> Dice:
    plan, brief = input.plan, input.brief
    names = ", ".join(one.name for one in plan.cast)
    return Dice(f"{plan.title}\n{names}\n{brief.language}\n{brief.master_seed or 0}")


def _floor(
    input: WriteSceneInput,
    story: Story,
    spoken: list[Spoken],
    people: tuple[Character, ...],
    place: Place,
) -> Floor:
    """Who and what is there; the thing when nobody has carried it away."""
    return Floor(
        outline=input.outline,
        place=with_lights(place, out=_is_unlit(input, story, place)),
        weather=weather_of(story, input.outline, input.brief.description),
        people=people,
        thing=_thing(input, story, spoken, {one.name for one in people}),
        stage=_stage(input),
        around=_around(input, story),
        since=_since(input, story),
        words=replace(words_of(input.brief), heavy=tuple(load_bearing(input.brief))),
        looks=_looks(input, story),
        worn=put_on_glasses(input),
        bare=bare_before(input.plan.cast, input.previous_scenes[-1:], input.outline.place),
        turned=scenes_here(input) % 2 == 1,
        title=_title(input, story, place),
        before=latest_pictures(input),
        passes=overall_hour(input.brief) is None and input.own is None,
    )


def _is_unlit(input: WriteSceneInput, story: Story, place: Place) -> bool:
    """Whether the scene begins without the lights of its place."""
    return are_out(input.previous_scenes, place) or stand_out(input.outline.summary, story.language)


def _around(input: WriteSceneInput, story: Story) -> tuple[str, ...]:
    """The things and animals that the scene's facts tell of, in their order."""
    words = words_of(input.brief)
    named = [thing for fact in facts_for(input) for thing in things_seen(fact.text, words)]
    return tuple(dict.fromkeys([*_animals(input, story), *named]))


def _looks(input: WriteSceneInput, story: Story) -> dict[str, ThingLook]:
    """The colours that the story gives its things anywhere."""
    brief = input.brief
    told = f"{brief.title}. {text_of(brief)}"
    text = ". ".join([told, *(one.role for one in brief.characters)])
    words = words_of(brief)
    named = [(one, parted(one, words)) for one in sentences_of(told)]
    told_of = [colours_in(one, story.language, [found for found, _ in things]) for one, things in named]
    looks: dict[str, ThingLook] = dict(ChainMap(*told_of)) | colours_in(text, story.language)
    stripes = stripes_in(brief.title, text_of(brief), story.language)
    looks = {**looks, "flag": ThingLook(stripes=stripes)} if stripes else looks
    for line in (line for scene in input.previous_scenes for shot in scene.shots for line in shot.lines):
        if line.voice_over:
            # What was stained in the last scene is stained in this one.
            found = [one for one, _ in parted(line.text, words)]
            looks = looks_after(looks, found, line.text, story.language)
    return {name: one.model_copy(update={"count": 1}) for name, one in looks.items()}


def _since(input: WriteSceneInput, story: Story) -> dict[str, int]:
    """By thing, the order of the fact that first tells of it; what was there before has none."""
    words, place = words_of(input.brief), input.outline.place
    # What was in another place comes with the words that bring it.
    here = [scene.summary for scene in input.previous_scenes if scene.place == place]
    seen = {*things_seen(" ".join(here), words)}
    found: dict[str, int] = {}
    for fact in facts_for(input):
        for thing in (*things_seen(fact.text, words), *_animals(input, story)):
            found.setdefault(thing, -1 if thing in seen else fact.order)
    return found


def _animals(input: WriteSceneInput, story: Story) -> list[str]:
    """Animals that the facts call by their names, or by what they are where they have one."""
    told = " ".join(fact.text for fact in facts_for(input))
    named = [one for one in animals_of(input.brief) if one.name]
    called = [one for one in named if mentions(told, one.name) or mentions(told, one.kind_noun)]
    return [found for one in called if (found := picture_of(one.kind_noun, story.language))]


def _title(input: WriteSceneInput, story: Story, place: Place) -> str:
    """Where and when we are, where the place or the hour is not that of the scene before."""
    before = input.previous_scenes[-1:]
    same = [one for one in before if (one.place, one.time) == (input.outline.place, input.outline.time)]
    return "" if same else title_of_place(place, input.outline.time, story.language)


def _thing(input: WriteSceneInput, story: Story, spoken: list[Spoken], here: set[str]) -> str:
    """What the scene's own words are about; nothing when somebody has it elsewhere."""
    told = [said.thing for said in spoken if said.thing]
    talk = " ".join(said.text for said in spoken)
    planned = things_in(input.outline.summary, story.language)
    left = left_by(input.previous_scenes)
    for thing in [*told, *planned, *things_in(talk, story.language)]:
        where = left.get(thing)
        at_hand = where is None or where.place == input.outline.place or where.holder in here
        if at_hand or (where and where.place and thing in planned):
            return thing
    return ""


def _occasion(input: WriteSceneInput, story: Story, floor: Floor, *, count: int, limit_s: float) -> Occasion:
    outline = input.outline
    return Occasion(
        people=floor.people,
        count=count,
        seconds=input.seconds,
        limit_s=limit_s,
        words_per_minute=input.words_per_minute,
        new_place=all(scene.place != outline.place for scene in input.previous_scenes),
        shown=shown_close(input),
        again=_again(input),
        framed=framed_before(input),
        lately=framed_lately(input),
        stage=floor.stage,
        ends=_ends(input),
        light=story.tone == "light",
        mood=outline.mood,
        beat=outline.beat,
        tall=floor.place.kind in structure()["camera_reasons"]["tall"],
        language=story.language,
    )


def _ends(input: WriteSceneInput) -> bool:
    """Whether the episode ends with this scene."""
    episode = next(one for one in input.plan.episodes if one.number == input.brief.episode_number)
    return input.outline.number == len(episode.scenes)


def _stage(input: WriteSceneInput) -> Stage:
    """The film's ledger, open at this scene."""
    return Stage(ledger=ledger_of(input.plan, input.brief), scene=input.outline.number)


def _again(input: WriteSceneInput) -> tuple[str, ...]:
    """What carries the story is seen once more where it ends."""
    return tuple(load_bearing(input.brief)) if _ends(input) else ()


def _with_title(input: WriteSceneInput, setups: list[Setup], floor: Floor) -> list[Setup]:
    """The set-ups, with a picture of the title's noun where they tell of it and none shows it yet."""
    missing = unseen_titled(input.brief, input.previous_scenes, stage_shots(setups, floor))
    return with_titled(setups, missing, floor.words) if missing and floor.words else setups


def _with_keys(input: WriteSceneInput, setups: list[Setup], floor: Floor) -> list[Setup]:
    """The set-ups, with pictures of the things that the story turns on."""
    if floor.words is None:
        return setups
    episode = next(one for one in input.plan.episodes if one.number == input.brief.episode_number)
    later = " ".join(one.summary for one in episode.scenes if one.number > input.outline.number)
    keys = keys_after(input.previous_scenes, floor.words.heavy, later=later, words=floor.words)
    return with_keys(setups, keys, floor, ends=_ends(input))


def _shots(
    input: WriteSceneInput, story: Story, setups: list[Setup], lengths: list[int], floor: Floor
) -> list[Shot]:
    told = [shot.description for scene in input.previous_scenes for shot in scene.shots]
    phrases = Phrases(
        language=story.language,
        dice=_series(input),
        episode=input.brief.episode_number,
        told=told,
        alone=len(floor.people) == 1,
        stage=floor.stage,
        women={one.name: one.look.presentation == "woman" for one in input.plan.cast},
        nouns=nouns_told(floor.words.story, story.language) if floor.words is not None else {},
    )
    sounds: list[EffectKind] = []
    shots = []
    setups = _with_keys(input, _with_title(input, setups, floor), floor)
    if floor.words is not None:
        setups = without_strays(with_revealed(setups, floor, stage_shots), floor.words)
    for at, (setup, staging) in enumerate(zip(setups, stage_shots(setups, floor), strict=True)):
        description = describe(setup, staging, phrases)
        effects = effects_of(
            setup, staging, frames=lengths[at], language=story.language, genre=story.genre,
            shown=description, before=sounds,
        )  # fmt: skip
        sounds = [*sounds[-1:], *(one.kind for one in effects)]
        shot = Shot(
            slate=Slate(scene=input.outline.number, shot=letters_of(at)),
            description=description,
            staging=staging,
            lines=lines_of(setup),
            effects=effects,
            duration_s=lengths[at] / FPS,
            negative_prompt=negative_prompt(staging, story.language),
        )
        shots.append(shot.model_copy(update={"prompt": shot_prompt(shot, story.language)}))
    return shots


def _parameters(input: WriteSceneInput) -> dict[str, str | int | float | bool]:
    brief = input.brief
    return {"aspect_ratio": brief.aspect_ratio, "resolution": brief.resolution, "duration": brief.duration}
