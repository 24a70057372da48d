"""How the tests order pictures, clips and voices through the vendors' own SDKs."""

import base64
import io
import wave
from typing import Any

import av
import httpx
import numpy as np
from google import genai
from google.genai import types
from PIL import Image

VEO, NANO, PRO, TTS = (
    "veo-3.1-generate-preview", "gemini-2.5-flash-image", "gemini-3-pro-image-preview",
    "gemini-2.5-flash-preview-tts",
)  # fmt: skip


def png(size: tuple[int, int] = (16, 16)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (120, 80, 40)).save(out, "PNG")
    return out.getvalue()


def as_image(content: bytes | None = None) -> types.Image:
    return types.Image(image_bytes=content or png(), mime_type="image/png")


async def draw(gemini: genai.Client, contents: Any = "A cat", model: str = NANO, **image: Any) -> Any:
    config = types.GenerateContentConfig(
        response_modalities=["IMAGE"], image_config=types.ImageConfig(**image) if image else None
    )
    return await gemini.aio.models.generate_content(model=model, contents=contents, config=config)


async def shoot(
    gemini: genai.Client, model: str = VEO, source: dict[str, Any] | None = None, **config: Any
) -> types.GenerateVideosOperation:
    return await gemini.aio.models.generate_videos(
        model=model, source=types.GenerateVideosSource(**(source or {"prompt": "A cat"})),
        config=types.GenerateVideosConfig(**config),
    )  # fmt: skip


def voice(name: str) -> types.VoiceConfig:
    return types.VoiceConfig(prebuilt_voice_config=types.PrebuiltVoiceConfig(voice_name=name))


async def say(gemini: genai.Client, words: str, speech: types.SpeechConfig | None = None) -> Any:
    config = types.GenerateContentConfig(response_modalities=["AUDIO"], speech_config=speech)
    return await gemini.aio.models.generate_content(model=TTS, contents=words, config=config)


def drawn_in(answer: Any) -> Image.Image:
    """The picture of an answer of Gemini or OpenAI."""
    if hasattr(answer, "candidates"):
        return opened(answer.candidates[0].content.parts[0].inline_data.data)
    return opened(base64.b64decode(answer.data[0].b64_json))


def opened(content: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture


def watched(content: bytes) -> tuple[tuple[int, int], float, Image.Image, np.ndarray[Any, Any] | None]:
    """Of a clip: its size, its seconds, a picture of its middle, and its sound if it has a track."""
    with av.open(io.BytesIO(content)) as clip:
        video = clip.streams.video[0]
        assert clip.duration is not None
        size, seconds, has_sound = (video.width, video.height), clip.duration / 1e6, bool(clip.streams.audio)
        frame = next(frame for number, frame in enumerate(clip.decode(video)) if number == 40)
    sound = heard(content)[0] if has_sound else None
    return size, seconds, frame.to_image(), sound


def heard(content: bytes) -> tuple[np.ndarray[Any, Any], int]:
    """The samples of a file, one column a channel, and their rate."""
    with av.open(io.BytesIO(content)) as file:
        rate = file.streams.audio[0].rate
        turned = av.AudioResampler(format="fltp", rate=rate)
        frames = [one for frame in file.decode(audio=0) for one in turned.resample(frame)]
        return np.concatenate([one.to_ndarray().T for one in frames]), rate


def heard_wav(content: bytes) -> float:
    """Its seconds, by its heading."""
    with wave.open(io.BytesIO(content)) as file:
        return file.getnframes() / file.getframerate()


def plain(vendor: Any) -> httpx.AsyncClient:
    """A client without an SDK, with the good key."""
    google = vendor.name == "google"
    heads = {"x-goog-api-key": vendor.key} if google else {"authorization": f"Bearer {vendor.key}"}
    return httpx.AsyncClient(
        base_url=vendor.url,
        headers=heads,
        verify=False,  # noqa: S501 - loopback, without TLS
        trust_env=False,
        timeout=20,
    )
