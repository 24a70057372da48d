"""Lists of addresses in disguise, markup, scripts, archives: what some program would follow, draw or run."""

import io
import struct
import zipfile
from functools import partial

from tests.integration.media.corpus.building import film
from tests.integration.media.corpus.entry import NOT_KEPT, NOT_TAKEN, PORT, SECRET_PATH, Entry, refused

MARKUP = "markup, scripts and playlists are not kept"
ADDRESS = f"http://127.0.0.1:{PORT}"
HLS = "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{}\n#EXT-X-ENDLIST\n"
SECRET = f"file://{SECRET_PATH}"
NEIGHBOUR = "neighbour.mp4"
"""A file that a test puts beside the list."""
ATTACKS: dict[str, tuple[str, str]] = {
    "hls to a local file": ("hls", HLS.format(SECRET)),
    "hls to an inner address": ("hls", HLS.format(f"{ADDRESS}/a.ts")),
    "concat list to a sibling": ("concat", f"ffconcat version 1.0\nfile {NEIGHBOUR}\n"),
    "concat list to an inner address": ("concat", f"ffconcat version 1.0\nfile {ADDRESS}/a.mp4\n"),
    "hls whose key lies elsewhere": (
        "hls",
        HLS.format(f"{ADDRESS}/a.ts").replace(
            "#EXTINF", f'#EXT-X-KEY:METHOD=AES-128,URI="{ADDRESS}/k"\n#EXTINF'
        ),
    ),
}
"""The five of design-facts 6.2, with the reader that follows each."""

DASH = (
    '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration='
    f'"PT1S"><Period><AdaptationSet mimeType="video/mp4"><Representation id="1" bandwidth="1"><BaseURL>'
    f"{ADDRESS}/a.mp4</BaseURL></Representation></AdaptationSet></Period></MPD>"
)
SMIL = f'<smil><body><video src="{ADDRESS}/a.mp4"/></body></smil>'
OTHERS: dict[str, str] = {
    "dash manifest": DASH,
    "smil": SMIL,
    "pls playlist": f"[playlist]\nFile1={ADDRESS}/a.mp3\nNumberOfEntries=1\n",
    "m3u without its first line in capitals": f"#extm3u\n{ADDRESS}/a.mp3\n",
    "hls behind a byte order mark": "\ufeff" + HLS.format(SECRET),
    "hls behind blank lines": "\n\n  " + HLS.format(SECRET),
    "asx": f'<asx version="3.0"><entry><ref href="{ADDRESS}/a.wmv"/></entry></asx>',
    "svg with a script": '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "svg with an outer entity": f'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "{SECRET}">]>'
    '<svg xmlns="http://www.w3.org/2000/svg"><text>&x;</text></svg>',
    "svg with entities that grow": '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + ']><svg xmlns="http://www.w3.org/2000/svg"><text>&i;</text></svg>',
    "svg that fetches": f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{ADDRESS}/a.png"/></svg>',
    "html": "<!doctype html><script>fetch('/api/session')</script>",
    "html behind a comment": "<!-- a picture --><html><body onload=alert(1)>",
    "shell script": "#!/bin/sh\ncat /etc/passwd\n",
    "pdf": "%PDF-1.4\n1 0 obj\n<< /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>\nendobj\n",
    "postscript": "%!PS-Adobe-3.0\n(/etc/passwd) (r) file\n",
    "rtf": "{\\rtf1{\\field{\\*\\fldinst INCLUDEPICTURE http://127.0.0.1/}}}",
    "web archive": "MIME-Version: 1.0\nContent-Type: multipart/related\n\n<html>",
    "ass with a font in it": "[Script Info]\n[Fonts]\nfontname: a.ttf\n!!!!\n",
}


def _zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(zipfile.ZipInfo("../../etc/cron.d/x"), b"\0" * 1_000_000, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _said(text: str) -> bytes:
    return text.encode()


def _broadcast() -> bytes:
    return f"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=-\nc=IN IP4 127.0.0.1\nm=video {PORT} RTP/AVP 96\n".encode()


TEXTS: list[Entry] = [
    *(
        refused(name, "text", partial(_said, text), MARKUP, "a list of addresses: its reader would go there")
        for name, (_, text) in ATTACKS.items()
    ),
    *(
        refused(name, "text", partial(_said, text), MARKUP, "a program would follow, draw or run it")
        for name, text in OTHERS.items()
    ),
    refused(
        "session description",
        "text",
        _broadcast,
        NOT_TAKEN,
        "plain words to keep with a production, but nothing to cut; no reader is ever told to open it",
        stored="",
    ),
    refused(
        "words named mp3",
        "text",
        lambda: b"This is no music at all.\n" * 40,
        NOT_TAKEN,
        "S4-045: the content decides, not the name",
        stored="",
    ),
    refused(
        "subtitles with markup",
        "text",
        lambda: b"1\n00:00:00,000 --> 00:00:01,000\n<img src=http://127.0.0.1/x onerror=alert(1)>\n",
        NOT_TAKEN,
        "kept as captions, and only ever sent to be saved",
        stored="",
    ),
    refused("zip whose member climbs", "nothing", _zip, NOT_TAKEN, "an archive is no media", stored=NOT_KEPT),
    refused(
        "html with a clip behind it",
        "nothing",
        lambda: b"<html><script>1</script>" + film(),
        MARKUP,
        "a browser that guesses would run its first bytes",
        stored=NOT_KEPT,
    ),
    refused(
        "program",
        "nothing",
        lambda: b"\x7fELF\x02\x01\x01" + struct.pack("<56x") + b"\0" * 200,
        NOT_TAKEN,
        "a program is no media",
        stored=NOT_KEPT,
    ),
    refused("nothing at all", "nothing", lambda: b"", "empty", "zero bytes"),
    refused(
        "noise",
        "nothing",
        lambda: bytes((n * 167 + 13) % 256 for n in range(5000)),
        NOT_TAKEN,
        "of no kind",
        stored=NOT_KEPT,
    ),
]
