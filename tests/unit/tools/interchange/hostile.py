"""Names that try to end a line, leave a folder or close a tag; and cuts that are full of them."""

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from state.media import MediaRef
from state.timeline import (
    Clip,
    Cue,
    Effect,
    Gap,
    Marker,
    Overlay,
    Timeline,
    TimeRange,
    Title,
    Track,
    Transition,
)

DAILY = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
NIGHTLY = settings(DAILY, max_examples=400)
NAMES = [
    "",
    " ",
    ".",
    "..",
    "../../etc/passwd",
    "..\\..\\x",
    "/etc/passwd",
    "C:\\x",
    "a/b",
    "CON",
    "nul.mp4",
    "com1",
    "]]>",
    "<!-- -->",
    "<![CDATA[",
    "</project><project>",
    "&amp;&lt;&#10;",
    '"\' onload="',
    "%00%2e%2e%2f",
    "a\nTITLE: x",
    "a\r\n002  AX       V     C        00:00:00:00 00:00:01:00 01:00:00:00 01:00:01:00",
    "a\u2028* LOC: 01:00:00:00 RED     x",
    "a\u0085b",
    "a\x0b\x0c\x1c\x1d\x1eb",
    "\0",
    "\x1b[31m",
    "\ufffe\uffff",
    "\u202egnp.exe",
    "\ufeff",
    "e\u0301" * 30,
    "\u0301",
    "漢字",
    "نص",
    "🎬👨‍👩‍👧",
    "x" * 10_000,
    "🎬" * 10_000,
    "-" * 300,
    "* FROM CLIP NAME: other",
    "M2   X  024.0  00:00:00:00",
    "NaN",
    "1",
    "$(id)",
    "`id`",
    "a'b",
    "a;b|c",
]
KEPT = [name for name in NAMES if "\0" not in name]
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
TEXTS |= st.sampled_from(KEPT)
SHARES = st.floats(0, 1) | st.sampled_from([0.1, 1 / 3, 2 / 3])
SPEEDS = st.sampled_from([1.0, 1.0, 1.0, 0.1, 0.5, 2 / 3, 1.7, 3.3333333333333335, 10.0])
STYLES = st.sampled_from(["dissolve", "wipe_left", "soft_wipe_up", "fade_black", "glitch"])


@st.composite
def files(draw: st.DrawFn) -> MediaRef:
    number = draw(st.integers(0, 6))
    mime = draw(st.sampled_from(["video/mp4", "audio/wav", "image/png", "application/octet-stream"]))
    key = draw(st.sampled_from([f"video/u/{number}.mp4", f"../{number}", f"{number}\n.mp4", f"k{number}"]))
    return MediaRef(
        key=key,
        mime=mime,
        sha256=str(number),
        size_bytes=number,
        duration_s=draw(st.none() | st.floats(0.1, 99)),
        width=draw(st.sampled_from([None, 320])),
        height=draw(st.sampled_from([None, 180])),
    )


@st.composite
def clips(draw: st.DrawFn, ident: str) -> Clip:
    speed = draw(SPEEDS)
    length = draw(st.integers(24, 90))
    look = Effect(name="grain", strength=draw(SHARES), values={"size": draw(SHARES)})
    return Clip(
        name=draw(TEXTS),
        media=draw(files()),
        speed=speed,
        id=ident,
        gain_db=draw(SHARES) * -20,
        source=TimeRange(start=draw(st.integers(0, 40)), length=length),
        frames=None if speed == 1 else max(24, round(length / speed)),
        effects=draw(st.sampled_from([[], [look]])),
        muted=draw(st.booleans()),
        fade_in=draw(st.sampled_from([0, 5])),
        fit=draw(st.sampled_from(["fill", "blur"])),
    )


@st.composite
def tracks(draw: st.DrawFn, number: int) -> Track:
    role = draw(st.sampled_from(["picture", "voice", "music", "ambience", "native"]))
    items: list[Clip | Gap | Transition] = []
    for place in range(draw(st.integers(0, 4))):
        if items and draw(st.booleans()):
            items.append(Transition(style=draw(STYLES), length=draw(st.integers(2, 12))))
        black = Gap(length=draw(st.integers(24, 40)))
        items.append(draw(st.sampled_from([black, draw(clips(f"c{number}_{place}"))])))
    return Track(
        name=draw(TEXTS),
        role=role,
        items=items,
        gain_db=draw(SHARES),
        muted=draw(st.booleans()),
        fade_in=draw(st.sampled_from([0, 9])),
    )


@st.composite
def cuts(draw: st.DrawFn) -> Timeline:
    """Any cut that can be rendered, with any words in it that PostgreSQL can keep."""
    laid = [draw(tracks(number)) for number in range(draw(st.integers(0, 4)))]
    start, length = draw(st.floats(0, 20)), draw(st.floats(0, 5))
    return Timeline(
        name=draw(TEXTS),
        fps=draw(st.sampled_from([12, 24, 25, 30, 60])),
        tracks=laid,
        markers=[Marker(at=draw(st.integers(0, 500)), name=draw(TEXTS), comment=draw(TEXTS), id="m1")],
        captions=[Cue(start_s=start, end_s=start + length, text=draw(TEXTS), speaker=draw(TEXTS))],
        titles=[Title(start_s=start, end_s=start + length, text=draw(TEXTS))],
        overlays=[
            Overlay(kind="text", text=draw(TEXTS)[:250] + "!", start=3, length=draw(st.integers(1, 50)))
        ],
        effects=[Effect(name="vignette", strength=draw(SHARES))],
    )
