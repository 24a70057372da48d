"""Google's pictures, clips and voices, by the Gemini API for developers."""

from tools.engines.google.engine import HOST, Google

__all__ = ["HOST", "Google"]
