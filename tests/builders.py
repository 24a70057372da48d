"""Valid things by default; a test names only what it is about."""

import base64
import hashlib
from typing import Any
from uuid import uuid4

from state.order import (
    EngineRequest,
    ImageRequest,
    Medium,
    MusicRequest,
    Order,
    Style,
    TextOrder,
    VideoRequest,
    VoiceRequest,
)
from state.script import Blocking, Look, Place, Staging


def a_master_key(name: str) -> str:
    """As it stands in a setting."""
    return base64.b64encode(hashlib.sha256(name.encode()).digest()).decode()


A_MASTER_KEY, OLDER_MASTER_KEY = a_master_key("of the tests"), a_master_key("of the tests before")


def a_staging(**changes: Any) -> Staging:
    ana = Blocking(character="Ana", look=Look(presentation="woman"))
    return Staging(**{"place": Place(name="Kitchen", kind="kitchen"), "people": [ana], **changes})


def a_request(medium: Medium = "image", **changes: Any) -> EngineRequest:
    """A small request of any medium."""
    makers: dict[Medium, Any] = {
        "image": an_image_request,
        "video": a_video_request,
        "voice": a_voice_request,
        "music": a_music_request,
    }
    request: EngineRequest = makers[medium](**changes)
    return request


def an_image_request(**changes: Any) -> ImageRequest:
    fields: dict[str, Any] = {
        "provider": "fake", "model": "fake-image", "prompt": "Ana in the kitchen", "width": 320,
        "height": 180, "seed": 7, "staging": a_staging(), "style": Style(),
    }  # fmt: skip
    return ImageRequest(**{**fields, **changes})


def a_video_request(**changes: Any) -> VideoRequest:
    fields: dict[str, Any] = {
        "provider": "fake", "model": "fake-video", "prompt": "Ana turns round", "width": 320,
        "height": 180, "fps": 24, "duration_s": 1.0, "seed": 7, "staging": a_staging(), "style": Style(),
    }  # fmt: skip
    return VideoRequest(**{**fields, **changes})


def a_voice_request(**changes: Any) -> VoiceRequest:
    fields: dict[str, Any] = {
        "provider": "fake", "model": "fake-voice", "text": "Good morning.", "language": "en",
        "voice_id": "ana", "seed": 7,
    }  # fmt: skip
    return VoiceRequest(**{**fields, **changes})


def a_music_request(**changes: Any) -> MusicRequest:
    fields: dict[str, Any] = {
        "provider": "fake", "model": "fake-music", "prompt": "warm strings", "mood": "warm",
        "genre": "drama", "duration_s": 4.0, "seed": 7,
    }  # fmt: skip
    return MusicRequest(**{**fields, **changes})


def an_order(production_id: str = "", **changes: Any) -> Order:
    fields: dict[str, Any] = {
        "production_id": production_id or str(uuid4()), "stage": "storyboard", "item": "1A",
        "request": an_image_request(),
    }  # fmt: skip
    return Order(**{**fields, **changes})


def a_text_order(production_id: str = "", **changes: Any) -> TextOrder:
    fields: dict[str, Any] = {
        "production_id": production_id or str(uuid4()), "stage": "script", "item": "scene-1",
        "agent": "script_writer", "model": "offline-writer", "prompt": "Write scene 1.",
        "prompt_digest": "d1",
    }  # fmt: skip
    return TextOrder(**{**fields, **changes})
