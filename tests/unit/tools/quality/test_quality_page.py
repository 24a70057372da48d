"""The page of a report: complete, closed to the outside, and nothing in it is obeyed."""

import base64
import re

import pytest

from tools.quality.page import POLICY, write_page
from tools.quality.report import Curves, Evidence, Finding, Override, Promise, QualityReport

HOSTILE = '"><script>alert(1)</script><img src=https://evil.example/x onerror=alert(1)>{{ 7 * 7 }}'
JPEG = base64.b64encode(b"\xff\xd8\xff picture").decode()


def a_report(**more) -> QualityReport:
    found = [
        Finding(check="black", light="RED", message="black for 2.00 s", start_s=61.0, end_s=63.0),
        Finding(check="colour", light="YELLOW", message=HOSTILE),
    ]
    return QualityReport(
        **{
            "title": HOSTILE, "limits": "2026-11", "duration_s": 70.0, "checked": ["black", "colour", "peak"],
            "promises": [Promise(name="ratio", promised="16:9", delivered=HOSTILE, kept=False)],
            "findings": found,
            "curves": Curves(momentary_lufs=[-14.0, -70.0], wave=[0.0, 1.0, 0.5]),
            "evidence": [Evidence(at_s=62.0, jpeg=JPEG)], **more,
        }
    )  # fmt: skip


def test_words_of_others_are_text_wherever_they_stand():
    page = write_page(a_report(override=Override(name=HOSTILE, reason=HOSTILE)))
    assert "<script" not in page
    assert "<img src=https" not in page
    assert page.count("&lt;script&gt;") >= 5
    assert "49" not in re.sub(r"<style>.*?</style>", "", page, flags=re.S)


def test_nothing_is_loaded_and_nothing_runs():
    page = write_page(a_report())
    plain = page.replace(JPEG, "")
    assert f'content="{POLICY}"' in page.replace("&#39;", "'")
    assert re.findall(r'(?:src|href)="(?!data:image/jpeg;base64,)', plain) == []
    assert re.findall(r"url\(|@import|\son\w+=\"", plain) == []


def test_the_frame_of_a_finding_stands_beside_it():
    assert f'src="data:image/jpeg;base64,{JPEG}" alt="The film at 1:01.00 to 1:03.00"' in write_page(
        a_report()
    )


def test_evidence_that_is_no_picture_is_left_out():
    assert '<article class="RED proven' not in write_page(
        a_report(evidence=[Evidence(at_s=62.0, jpeg='"><b>')])
    )


@pytest.mark.parametrize(
    ("findings", "words"),
    [([], "Everything is as promised"),
     ([Finding(check="cuts", light="YELLOW", message="x", start_s=1.0)], "To be looked at"),
     ([Finding(check="cuts", light="RED", message="x", start_s=1.0)], "Delivery is blocked")],
)  # fmt: skip
def test_the_verdict_is_the_worst_light(findings, words):
    assert words in write_page(a_report(findings=findings))


def test_a_report_without_sound_has_no_curves():
    assert "<svg" not in write_page(a_report(curves=Curves()))


def test_a_report_comes_back_from_its_data_as_it_was():
    report = a_report()
    again = QualityReport.model_validate_json(report.model_dump_json())
    assert (again, again.light) == (report, "RED")
    assert [one.message for one in again.faults] == ["black for 2.00 s"]
