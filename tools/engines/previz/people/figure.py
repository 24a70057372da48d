"""A whole person, cut into the layers that move on their own."""

from state.script import Expression
from tools.engines.previz.ink import group
from tools.engines.previz.people import body as clothes
from tools.engines.previz.people import face, hair, head
from tools.engines.previz.people.arms import forearm, upper_arm
from tools.engines.previz.people.bedding import pillow
from tools.engines.previz.people.face import Feeling, feeling_of
from tools.engines.previz.people.gear import headset
from tools.engines.previz.people.limb import Limb, Pose
from tools.engines.previz.people.person import Eyes, Mouth, Person
from tools.engines.previz.people.ready import on_brow


def back_layer(person: Person) -> str:
    """Hair behind the body; moves with the head."""
    under = pillow(person) if person.gesture == "sleeping" else ""
    return _side(person, under + hair.veil(person) + hair.behind(person))


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
    return (
        face.glasses(person)
        + face.eyepatch(person)
        + hair.on_head(person)
        + face.glasses_up(person)
        + on_brow(person)
        + headset(person)
    )


def _eyes(person: Person, face_: Feeling | Expression, lids: Eyes) -> str:
    return face.eyes(person, feeling_of(face_), lids)


def _mouth(person: Person, face_: Feeling | Expression, mouth: Mouth) -> str:
    return face.mouth(person, feeling_of(face_), mouth) + head.moustache(person)


def whole(person: Person, expression: Expression, *, lids: Eyes = "open", mouth: Mouth = "rest") -> str:
    """The person in one drawing."""
    over = _side(person, clothes.over_head(person))
    head_ = head_layer(person, expression, lids=lids, mouth=mouth)
    return back_layer(person) + body_layer(person) + head_ + over


def _side(person: Person, drawn: str) -> str:
    return group(drawn, transform="scale(-1 1)") if person.mirrored else drawn
