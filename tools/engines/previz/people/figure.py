"""A whole person, cut into the layers that move on their own."""

from dataclasses import replace

from state.script import Expression
from tools.engines.previz.colour import mix
from tools.engines.previz.ink import clip, curve, group, line, oval, path
from tools.engines.previz.people import body as clothes
from tools.engines.previz.people import face, hair, head
from tools.engines.previz.people.arms import Limb, Pose, forearm, upper_arm
from tools.engines.previz.people.face import Feeling, feeling_of
from tools.engines.previz.people.person import Eyes, Mouth, Person


def back_layer(person: Person) -> str:
    """Hair behind the body; moves with the head."""
    return _side(person, hair.behind(person))


def body_layer(person: Person) -> str:
    """Body, clothes and neck."""
    return _side(person, clothes.body(person) + head.neck(person) + clothes.over_neck(person))


def trunk_layer(person: Person, pose: Pose) -> str:
    """As `body_layer`, without the arms that move in this pose."""
    return _side(person, clothes.trunk(person, pose) + head.neck(person) + clothes.over_neck(person))


def upper_arm_layer(person: Person, limb: Limb) -> str:
    """One upper arm on its own."""
    return _side(person, group(upper_arm(person, limb), transform=clothes.body_fit(person)))


def forearm_layer(person: Person, limb: Limb) -> str:
    """One forearm on its own, with hand and what it holds."""
    return _side(person, group(forearm(person, limb), transform=clothes.body_fit(person)))


def head_layer(
    person: Person, face_: Feeling | Expression, *, lids: Eyes = "open", mouth: Mouth = "rest"
) -> str:
    """Head with face and hair."""
    return _side(
        person,
        _head_under(person) + _mouth(person, face_, mouth) + _eyes(person, face_, lids) + _head_over(person),
    )


def head_under_layer(person: Person) -> str:
    """The head without eyes, brows and mouth, and without what lies over them."""
    return _side(person, _head_under(person))


def head_over_layer(person: Person) -> str:
    """Glasses and hair."""
    return _side(person, _head_over(person))


def eyes_layer(person: Person, face_: Feeling, lids: Eyes) -> str:
    """Eyes and brows alone."""
    return _side(person, _eyes(person, face_, lids))


def mouth_layer(person: Person, face_: Feeling, mouth: Mouth) -> str:
    """The mouth alone, under its moustache."""
    return _side(person, _mouth(person, face_, mouth))


def _head_under(person: Person) -> str:
    return head.chin_beard(person) + head.skull(person)


def _head_over(person: Person) -> str:
    return face.glasses(person) + hair.on_head(person)


def _eyes(person: Person, face_: Feeling | Expression, lids: Eyes) -> str:
    return face.eyes(person, feeling_of(face_), lids)


def _mouth(person: Person, face_: Feeling | Expression, mouth: Mouth) -> str:
    return face.mouth(person, feeling_of(face_), mouth) + head.moustache(person)


def whole(person: Person, expression: Expression, *, lids: Eyes = "open", mouth: Mouth = "rest") -> str:
    """The person in one drawing."""
    over = _side(person, clothes.over_head(person))
    head_ = head_layer(person, expression, lids=lids, mouth=mouth)
    return back_layer(person) + body_layer(person) + head_ + over


def from_behind(person: Person) -> str:
    """Shoulders and the back of a head: what an over-shoulder shot looks past."""
    bald = person.look.hair_style == "bald"
    tone = person.skin_shade if bald else person.hair
    crown = curve([(40, 18), (47, -20), (38, -50), (16, -66), (-14, -67), (-37, -52), (-47, -20), (-40, 18), (-27, 42), (-10, 50), (12, 50), (27, 42)])  # fmt: skip
    rim = path(
        curve([(50, -60), (20, -70), (34, -40), (36, 0), (24, 50), (60, 50)]), mix(tone, "#e8d2b8", 0.3)
    )
    strands = "".join(
        line([(x * 0.4, -62), (x, -20), (x * 0.9, 34)], mix(tone, "#ffffff", 0.14), person.line)
        for x in (-30, -14, 4, 20)
    )
    back = (
        path(crown, tone)
        + clip(crown, rim, "" if bald else strands)
        + path(crown, ink=person.ink, width=person.line * 1.2)
    )
    ears = oval(44, 4, 7, 12, person.skin_shade, ink=person.ink, width=person.line) + oval(
        -44, 4, 7, 12, person.skin_shade, ink=person.ink, width=person.line
    )
    knot = (
        oval(0, -76, 23, 19, tone, ink=person.ink, width=person.line * 1.2)
        if person.look.hair_style == "bun"
        else ""
    )
    # A back has no shirt front, tie or necklace: a plain garment of the same colour stands for it.
    plain = person.look.model_copy(update={"garment": "sweater", "accessory": "none"})
    turned = replace(person, look=plain)
    body = clothes.body(turned) + head.neck(turned) + clothes.over_neck(turned)
    return _side(person, body + ears + knot + back + hair.behind(person))


def _side(person: Person, drawn: str) -> str:
    return group(drawn, transform="scale(-1 1)") if person.mirrored else drawn
