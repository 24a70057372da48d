"""Everything that touches the outside world: models, ffmpeg, storage, database, clock."""
