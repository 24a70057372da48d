"""How an export is encoded: its container, its quality or its bits a second, its loudness."""

from state.export import LOUDNESS_LUFS, ExportPlan, ExportQuality
from tools.ffmpeg.command import ENCODER_THREADS
from tools.post.encode import SEARCH, Encoding, FileForm, SoundEncoding

H264: dict[ExportQuality, tuple[str, ...]] = {
    "draft": ("-preset", "veryfast", "-x264-params", SEARCH),
    "standard": ("-preset", "fast"),
    "high": ("-preset", "slow"),
}
VP9: dict[ExportQuality, tuple[str, ...]] = {
    "draft": ("-deadline", "realtime", "-cpu-used", "7"),
    "standard": ("-deadline", "good", "-cpu-used", "4"),
    "high": ("-deadline", "good", "-cpu-used", "2"),
}
CRF: dict[str, dict[ExportQuality, int]] = {
    "mp4": {"draft": 28, "standard": 18, "high": 15},
    "webm": {"draft": 42, "standard": 31, "high": 24},
}
"""The same step on either scale looks about alike: VP9 counts to 63, x264 to 51."""
AAC_KBPS: dict[ExportQuality, int] = {"draft": 128, "standard": 192, "high": 320}
OPUS_KBPS: dict[ExportQuality, int] = {"draft": 96, "standard": 160, "high": 256}
MOST, BUFFER = 1.25, 2
"""A scene may have so much more than the average, and so many seconds make up for one another."""


def form_of(plan: ExportPlan) -> FileForm:
    """The coders of an export with all they are told."""
    lufs = LOUDNESS_LUFS[plan.loudness]
    if plan.container == "webm":
        return FileForm(picture=Encoding(coder=_vp9(plan), container="webm"), sound=_opus(plan), lufs=lufs)
    return FileForm(picture=Encoding(coder=_h264(plan)), sound=_aac(plan), lufs=lufs)


def _h264(plan: ExportPlan) -> tuple[str, ...]:
    return (
        "-c:v", "libx264", *H264[plan.quality], *_bits(plan), "-threads", ENCODER_THREADS,
        "-profile:v", "high",
    )  # fmt: skip


def _vp9(plan: ExportPlan) -> tuple[str, ...]:
    return (
        "-c:v", "libvpx-vp9", *VP9[plan.quality], *_bits(plan), "-row-mt", "1", "-tile-columns", "2",
        "-threads", ENCODER_THREADS,
    )  # fmt: skip


def _bits(plan: ExportPlan) -> tuple[str, ...]:
    if plan.bitrate_kbps is None:
        # Without a rate of nought VP9 takes its quality for the worst that is allowed.
        free = ("-b:v", "0") if plan.container == "webm" else ()
        return ("-crf", str(CRF[plan.container][plan.quality]), *free)
    rate = plan.bitrate_kbps
    if plan.container == "webm":  # in one pass VP9 is half too large when it may go over
        return ("-b:v", f"{rate}k", "-minrate", f"{rate}k", "-maxrate", f"{rate}k", "-bufsize", f"{rate}k")
    return ("-b:v", f"{rate}k", "-maxrate", f"{round(rate * MOST)}k", "-bufsize", f"{rate * BUFFER}k")


def _aac(plan: ExportPlan) -> SoundEncoding:
    return SoundEncoding(coder=("-c:a", "aac", "-b:a", f"{AAC_KBPS[plan.quality]}k", "-aac_pns", "0"))


def _opus(plan: ExportPlan) -> SoundEncoding:
    coder = ("-c:a", "libopus", "-b:a", f"{OPUS_KBPS[plan.quality]}k")
    return SoundEncoding(coder=coder, container="webm", name="sound.webm")
