"""One piece of music in a process of its own: the request comes on standard input, as JSON.

Run as `python -m tools.engines.previz.music_worker TARGET.wav`; prints the `Delivery.extra`.
"""

import json
import sys
from pathlib import Path

from state.order import MusicRequest
from tools.engines.previz.levels import write_wav
from tools.engines.previz.music_instruments import RATE
from tools.engines.previz.music_mix import mixed
from tools.engines.previz.music_score import composed


def main(target: Path, request: MusicRequest) -> None:
    """Compose, play, write."""
    score = composed(request)
    write_wav(target, mixed(score), rate=RATE)
    extra = {"beats": score.grid.beats_s, "tempo_bpm": score.grid.tempo_bpm, "sample_rate": RATE}
    sys.stdout.write(json.dumps(extra))


if __name__ == "__main__":
    main(Path(sys.argv[1]), MusicRequest.model_validate_json(sys.stdin.buffer.read()))
