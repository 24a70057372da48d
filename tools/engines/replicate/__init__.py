"""Replicate: many companies' models for pictures, clips and music behind one API."""

from tools.engines.replicate.engine import HOST, Replicate

__all__ = ["HOST", "Replicate"]
