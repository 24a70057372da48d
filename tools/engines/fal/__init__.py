"""Fal: flux pictures, and clips of Kling and Luma, by its queue."""

from tools.engines.fal.engine import Fal

__all__ = ["Fal"]
