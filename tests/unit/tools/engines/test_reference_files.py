"""The files that a request refers to reach whoever draws it, and change nothing about what is ordered."""

from datetime import UTC, datetime
from pathlib import Path

from state.media import MediaRef
from state.script import Staging
from tests.builders import a_video_request, an_image_request
from tools.engines.files import files_needed
from tools.engines.previz.jobs import JobFolder, request_digest
from tools.engines.previz.references import kept_references, reference_name

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def a_picture(name: str = "a") -> MediaRef:
    return MediaRef(key=f"image/local/{name * 64}.png", mime="image/png", sha256=name * 64, size_bytes=3)


def showing(picture: MediaRef) -> Staging:
    staging = an_image_request().staging
    return staging.model_copy(update={"size": "insert", "subject": "product", "picture": picture})


def test_every_file_is_named_once():
    one, two, three = a_picture("a"), a_picture("b"), a_picture("c")
    request = a_video_request(staging=showing(one), references=[one, two], first_frame=three)
    assert [media.key for media in files_needed(request)] == [one.key, two.key, three.key]


def test_a_job_keeps_its_files_for_every_process(tmp_path: Path):
    """Whoever draws the job may be another process, after the store moved."""
    source, picture = tmp_path / "store.png", a_picture()
    source.write_bytes(b"png")
    request = an_image_request(staging=showing(picture), references=[picture])
    JobFolder(tmp_path / "jobs").write(request, "p:1", created_at=NOW, files={picture.key: source})
    source.unlink()
    other = JobFolder(tmp_path / "jobs")
    scratch = other.scratch("previz-1")
    other.lay_out(request, scratch)
    found = kept_references(request, scratch)
    assert {key: path.read_bytes() for key, path in found.items()} == {picture.key: b"png"}


def test_the_digest_knows_no_path(tmp_path: Path):
    picture = a_picture()
    request = an_image_request(staging=showing(picture), references=[picture])
    ids = []
    for name in ("here", "there"):
        source = tmp_path / f"{name}.png"
        source.write_bytes(b"png")
        jobs = JobFolder(tmp_path / name)
        ids.append(jobs.write(request, "p:1", created_at=NOW, files={picture.key: source}))
    assert ids[0] == ids[1]
    assert str(tmp_path) not in request.model_dump_json()
    assert request_digest(request) != request_digest(request.model_copy(update={"references": []}))


def test_no_key_becomes_a_path():
    name = reference_name("../../etc/passwd.p/../ng")
    assert "/" not in name
    assert "." not in name
