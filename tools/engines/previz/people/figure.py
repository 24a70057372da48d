"""A whole person, cut into the layers that move on their own."""

from state.script import Expression
from tools.engines.previz.ink import curve, group, line, path
from tools.engines.previz.people import body as clothes
from tools.engines.previz.people import face, hair, head
from tools.engines.previz.people.person import Eyes, Mouth, Person


def back_layer(person: Person) -> str:
    """Hair behind the body; moves with the head."""
    return _side(person, hair.behind(person))


def body_layer(person: Person) -> str:
    """Body, clothes and neck."""
    return _side(person, clothes.body(person) + head.neck(person) + clothes.over_neck(person))


def head_layer(person: Person, expression: Expression, *, lids: Eyes = "open", mouth: Mouth = "rest") -> str:
    """Head with face and hair."""
    return _side(
        person,
        head.chin_beard(person)
        + head.skull(person)
        + face.mouth(person, expression, mouth)
        + head.moustache(person)
        + face.eyes(person, expression, lids)
        + face.glasses(person)
        + hair.on_head(person),
    )


def whole(person: Person, expression: Expression, *, lids: Eyes = "open", mouth: Mouth = "rest") -> str:
    """The person in one drawing."""
    return back_layer(person) + body_layer(person) + head_layer(person, expression, lids=lids, mouth=mouth)


def from_behind(person: Person) -> str:
    """Shoulders and the back of a head: what an over-shoulder shot looks past."""
    bald = person.look.hair_style == "bald"
    tone = person.skin_shade if bald else person.hair
    skull = curve(head.outline(person), tension=1.0)
    crown = curve(
        [
            (44, 22),
            (48, -24),
            (34, -58),
            (0, -68),
            (-34, -58),
            (-48, -24),
            (-44, 22),
            (-26, 46),
            (0, 52),
            (26, 46),
        ]
    )
    back = path(skull if bald else crown, tone, ink=person.ink, width=person.line * 1.2)
    strands = "".join(
        line([(x * 0.4, -62), (x, -20), (x * 0.9, 34)], person.hair_shade, person.line)
        for x in (-30, -14, 4, 20, 34)
    )
    body = clothes.body(person) + head.neck(person) + clothes.over_neck(person)
    return _side(person, body + back + ("" if bald else strands) + hair.behind(person))


def _side(person: Person, drawn: str) -> str:
    return group(drawn, transform="scale(-1 1)") if person.mirrored else drawn
