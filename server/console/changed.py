"""Which panels and takes are other ones than when the person looked last."""

from datetime import datetime

from server.api.story import NoteView, PictureView, StoryView


def changed_items(story: StoryView) -> frozenset[str]:
    """The slates that the newest round of notes was about.

    Notes of one round are carried out after everything of the round before was there, and before
    anything new is.
    """
    if not story.notes:
        return frozenset()
    newest = max(note.at for note in story.notes)
    before = [at for at in map(_there_since, _pictures(story)) if at is not None and at < newest]
    last_round = max(before) if before else None
    return frozenset(note.item for note in story.notes if _is_after(note, last_round))


def _pictures(story: StoryView) -> list[PictureView]:
    shots = [shot for scene in story.scenes for shot in scene.shots]
    return [picture for shot in shots for picture in (*shot.panels, *shot.takes)]


def _there_since(picture: PictureView) -> datetime | None:
    return picture.at


def _is_after(note: NoteView, moment: datetime | None) -> bool:
    return moment is None or note.at > moment
