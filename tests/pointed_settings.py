"""Settings whose providers of pictures and clips are somewhere else."""

from tools.settings import Settings


class PointedSettings(Settings):
    """The hosts of both providers that ring, as their variables set them."""

    replicate_base_url: str | None = None
    fal_base_url: str | None = None
