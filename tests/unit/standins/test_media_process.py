"""The vendors that remember: in a process that is killed, and in a file that another one reads."""

import httpx

from tests.standins.media_vendors.process import VendorsProcess
from tests.standins.model_vendors import model_vendors_here
from tests.unit.standins.media_asking import VEO, plain

ORDER = {"instances": [{"prompt": "x"}], "parameters": {"durationSeconds": 4}}
PATH = f"/v1beta/models/{VEO}:predictLongRunning"


def test_a_process_that_is_killed_remembers_its_jobs_and_its_invoices(tmp_path):
    process = VendorsProcess(tmp_path)
    with process:
        process.plan("google", "closed_unanswered")
        process.plan("google", "busy", at="poll", retry_after_s=3)
        heads = {"x-goog-api-key": process.urls["google_key"]}
        with httpx.Client(base_url=process.urls["google"], headers=heads, verify=False) as web:  # noqa: S501
            try:
                web.post(PATH, json=ORDER)
            except httpx.RemoteProtocolError:
                name = web.post(PATH, json=ORDER).json()["name"]
            before = process.book()
            process.kill()
            with process:
                assert process.book() == before
                assert web.get(f"/v1beta/{name}").json()["done"]
                process.plan("google", "filtered")
                again = web.post(PATH, json=ORDER).json()["name"]
                told = web.get(f"/v1beta/{again}").json()["response"]["generateVideoResponse"]
                assert told["raiMediaFilteredCount"] == 1
                after = process.book()
    assert (before["posted"], before["micro_usd"], len(before["jobs"])) == (2, 3_200_000, 2)
    assert (after["posted"], after["micro_usd"], len(after["jobs"])) == (3, 3_200_000, 3)
    assert [one["fault"] for one in after["met"]] == ["unanswered", "filtered"]


async def test_who_reads_the_file_finds_the_same_clip(tmp_path):
    contents = []
    for number in range(2):
        async with model_vendors_here(file=tmp_path / "book.jsonl") as vendors, plain(vendors.google) as web:
            if not number:
                name = (await web.post(PATH, json=ORDER)).json()["name"]
            done = (await web.get(f"/v1beta/{name}")).json()["response"]["generateVideoResponse"]
            uri = done["generatedSamples"][0]["video"]["uri"]
            contents.append((await web.get(uri)).content)
            assert vendors.books.micro_usd("google") == 1_600_000
    assert contents[0] == contents[1] != b""
