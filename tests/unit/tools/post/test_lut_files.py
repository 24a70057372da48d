"""Files of LUTs: what is read, and what never reaches ffmpeg."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from state.errors import UploadRejected
from tools.post.looks.cube import Cube, cube_text, grid, look_up, parse_cube, softened


def _rows(size: int) -> str:
    """A table that changes nothing, red fastest."""
    return "".join(
        f"{r / (size - 1):.6f} {g / (size - 1):.6f} {b / (size - 1):.6f}\n"
        for b in range(size) for g in range(size) for r in range(size)
    )  # fmt: skip


PLAIN = f"LUT_3D_SIZE 2\n{_rows(2)}"


@pytest.mark.parametrize("size", [2, 3, 17])
def test_a_table_that_changes_nothing_changes_nothing(size):
    cube = parse_cube(f'# by hand\nTITLE "plain"\n\nLUT_3D_SIZE {size}\n{_rows(size)}'.encode())
    assert (cube.size, cube.title, cube.by_channel) == (size, "plain", False)
    assert np.allclose(cube.table, grid(size), atol=1e-6)


def test_red_runs_fastest():
    cube = parse_cube(PLAIN.replace("1.000000 0.000000 0.000000", "0.25 0 0").encode())
    assert cube.table[1, 0, 0].tolist() == [0.25, 0, 0]


def test_what_is_written_is_read_again_the_same():
    cube = Cube(table=np.random.default_rng(1).uniform(0, 1, (5, 5, 5, 3)).round(6), title="x")
    assert np.allclose(parse_cube(cube_text(cube).encode()).table, cube.table, atol=1e-6)
    one = Cube(table=np.random.default_rng(2).uniform(0, 1, (7, 3)).round(6))
    again = parse_cube(cube_text(one).encode())
    assert (again.by_channel, np.allclose(again.table, one.table, atol=1e-6)) == (True, True)


def test_a_title_is_never_written():
    hostile = parse_cube(f'TITLE "x\nLUT_3D_SIZE 2\n{_rows(2)}'.encode())
    assert cube_text(hostile).splitlines()[0] == "LUT_3D_SIZE 2"
    assert len(cube_text(hostile).splitlines()) == 9


def test_a_domain_is_worked_into_the_table():
    """ffmpeg would forget where it begins."""
    cube = parse_cube(f"LUT_3D_SIZE 3\nDOMAIN_MIN -1 -1 -1\nDOMAIN_MAX 1 1 1\n{_rows(3)}".encode())
    assert look_up(cube, np.array([0.0, 0.5, 1.0])) == pytest.approx([0.5, 0.75, 1.0])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "said how many"),
        (b"\x00\xff\xfe\xff", "no text"),
        (b"LUT_3D_SIZE 1\n0 0 0\n", "2 to 65"),
        (b"LUT_3D_SIZE 66\n", "2 to 65"),
        (b"LUT_3D_SIZE 99999999999999999999\n", "2 to 65"),
        (b"LUT_3D_SIZE -2\n", "2 to 65"),
        (b"LUT_3D_SIZE 2 2\n", "2 to 65"),
        (b"LUT_1D_SIZE 5000\n", "2 to 4096"),
        (PLAIN.replace("LUT_3D_SIZE 2", "LUT_3D_SIZE 3").encode(), "asks for 27"),
        ((PLAIN + "0 0 0\n").encode(), "more rows"),
        (PLAIN[:-27].encode(), "asks for 8"),
        (PLAIN.replace("1.000000 0.000000 0.000000", "nan 0 0").encode(), "no colour"),
        (PLAIN.replace("1.000000 0.000000 0.000000", "0 inf 0").encode(), "no colour"),
        (PLAIN.replace("1.000000 0.000000 0.000000", "1e30 0 0").encode(), "no colour"),
        (PLAIN.replace("1.000000 0.000000 0.000000", "1 0").encode(), "three numbers"),
        (PLAIN.replace("1.000000 0.000000 0.000000", "1 0 x").encode(), "no numbers"),
        (b"0 0 0\nLUT_3D_SIZE 2\n", "Rows begin before"),
        (("LUT_3D_SIZE 2\n" + PLAIN).encode(), "size twice"),
        ((PLAIN + "DOMAIN_MIN 0 0 0\n").encode(), "behind the first row"),
        (f"LUT_3D_SIZE 2\nDOMAIN_MIN 1 1 1\nDOMAIN_MAX 0 0 0\n{_rows(2)}".encode(), "domain ends"),
        (f"INCLUDE /etc/passwd\n{PLAIN}".encode(), "Nothing is known"),
        (b"<svg xmlns='x'/>", "no numbers|said how many|Nothing is known"),
        (b"#" * 24_000_001, "larger than"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_with_the_reason(content, said):
    with pytest.raises(UploadRejected, match=said) as refused:
        parse_cube(content)
    assert ".cube" in refused.value.user_action
    assert "line" in refused.value.details


@given(st.binary(max_size=400))
def test_whatever_is_sent_is_a_table_or_refused(content):
    try:
        cube = parse_cube(content)
    except UploadRejected:
        return
    assert np.isfinite(cube.table).all()


@given(st.text(alphabet='LUT_3D1SIZE 0123456789.\n-einfaDOMAN_MX"#', max_size=300))
def test_what_is_nearly_a_table_is_one_or_refused(text):
    try:
        cube = parse_cube(text.encode())
    except UploadRejected:
        return
    assert parse_cube(cube_text(cube).encode()).size == cube.size


def test_half_a_table_is_half_way():
    cube = Cube(table=1 - grid(3))
    assert look_up(softened(cube, 0.5), np.array([0.0, 0.3, 1.0])) == pytest.approx([0.5, 0.5, 0.5])
    assert look_up(softened(cube, 0.0), np.array([0.1, 0.3, 0.9])) == pytest.approx([0.1, 0.3, 0.9])
