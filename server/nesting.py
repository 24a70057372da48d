"""How deep a JSON text is nested, told chunk by chunk and without parsing it."""

from itertools import accumulate

STEP = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}
NO_BRACKETS = bytes(set(range(256)) - STEP.keys())


class Nesting:
    """Counts brackets outside of quotes. What is no JSON counts somehow; the parser says what is wrong."""

    def __init__(self) -> None:
        self.level = 0
        self._quoted = False
        self._rest = b""

    def deepest(self, chunk: bytes) -> int:
        """The deepest level in this chunk."""
        parts = self._without_escapes(chunk).split(b'"')
        outside = b"".join(parts[1::2] if self._quoted else parts[::2])
        self._quoted ^= len(parts) % 2 == 0
        steps = (STEP[byte] for byte in outside.translate(None, NO_BRACKETS))
        levels = list(accumulate(steps, initial=self.level))
        self.level = levels[-1]
        return max(levels)

    def _without_escapes(self, chunk: bytes) -> bytes:
        """An escaped quote ends no text; half an escape waits for the next chunk."""
        chunk = self._rest + chunk
        if b"\\" not in chunk:
            self._rest = b""
            return chunk
        chunk = chunk.replace(b"\\\\", b"")
        self._rest = b"\\" if chunk.endswith(b"\\") else b""
        return chunk.replace(b'\\"', b"")
