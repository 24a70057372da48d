"""Makes `voices.npz` from the npm package kokoro-js 1.2.1. Only run when the bank changes.

npm pack kokoro-js@1.2.1
python -m tools.engines.previz.make_voices kokoro-js-1.2.1.tgz
"""

import sys
import tarfile
from pathlib import Path

import numpy as np

from tools.engines.previz.voice_bank import BANK, KNOTS, ROWS

VOICES = (
    "af_heart", "af_bella", "af_sarah", "af_kore", "af_nova", "af_nicole", "bf_emma", "bf_isabella",
    "am_michael", "am_fenrir", "am_puck", "am_onyx", "bm_george", "bm_fable",
    "ef_dora", "em_alex", "em_santa", "pf_dora", "pm_alex", "pm_santa", "if_sara", "im_nicola", "ff_siwis",
)  # fmt: skip


def make_voices(package: Path, target: Path) -> None:
    """Write the kept rows of the chosen voices. The same package always gives the same bytes."""
    with tarfile.open(package) as archive:
        rows = {name: _kept(archive, name) for name in VOICES}
    np.savez_compressed(target, allow_pickle=False, **rows)


def _kept(archive: tarfile.TarFile, name: str) -> "np.ndarray[tuple[int, int], np.dtype[np.float16]]":
    member = archive.extractfile(f"package/voices/{name}.bin")
    content = member.read() if member else b""
    return np.frombuffer(content, dtype="<f4").reshape(ROWS, 256)[list(KNOTS)].astype(np.float16)


if __name__ == "__main__":
    make_voices(Path(sys.argv[1]), BANK)
