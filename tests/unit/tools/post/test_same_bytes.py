"""What would make the same cut come out as another file is fixed, not left to the machine."""

from state.export import ExportPlan
from tools.ffmpeg.command import ENCODER_THREADS
from tools.post.animatic import Board, _coding
from tools.post.encode import MASTER_FORM
from tools.post.export_form import form_of


def test_the_encoder_works_with_as_many_threads_everywhere():
    """x264 takes one and a half per core when nobody says how many, and each number makes another file."""
    boards = [Board(picture=None, seconds=1.0, slate="1A", heading="", words=[])]
    exports = [form_of(ExportPlan(width=2, height=2, fps=24, container=kind)) for kind in ("mp4", "webm")]
    masters = [form.picture.arguments(fps=24, frames=9) for form in (MASTER_FORM, *exports)]
    for command in (*masters, _coding(boards, None, "")):
        assert command[command.index("-threads") + 1] == ENCODER_THREADS
