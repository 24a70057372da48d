"""The stand-ins of media models against what the vendors' own once said."""

import base64
import json
import re

import pytest

from tests.standins.cassette_player import exchanges
from tests.standins.media_vendors.faults import filtered
from tests.unit.standins.media_asking import NANO, VEO, opened, plain
from tests.unit.standins.recorded import shape

PICTURE = exchanges("google/image_output_jpeg.yaml")[0]
OF_VERTEX = {"createTime: text", "usageMetadata.trafficType: text"}
OURS = {"candidates[].index: number"}
"""The developers' API says it (gemini3_text_body.json)."""


def quoted(name: str) -> dict:
    return json.loads(exchanges("google/quoted_veo_and_blocks.json", name)[0].body)


async def test_a_picture_has_the_shape_and_the_tokens_of_the_recorded_one(vendors):
    told, sent = json.loads(PICTURE.body), json.loads(PICTURE.sent)
    path = f"/v1beta/models/{NANO}:generateContent"
    async with plain(vendors.google) as web:
        no = await web.post(path, json=sent)
        del sent["generationConfig"]["imageConfig"]["imageOutputOptions"]
        made = (await web.post(path, json=sent)).json()
    assert (no.status_code, "imageOutputOptions" in no.text) == (400, True), "Vertex alone takes it"
    assert (shape([told]) - shape([made]), shape([made]) - shape([told])) == (OF_VERTEX, OURS)
    assert (
        made["usageMetadata"]["candidatesTokensDetails"] == told["usageMetadata"]["candidatesTokensDetails"]
    )
    sizes = [
        opened(base64.b64decode(one["candidates"][0]["content"]["parts"][0]["inlineData"]["data"])).size
        for one in (told, made)
    ]
    assert sizes == [(1024, 1024)] * 2


async def finished(vendors) -> dict:
    path, body = f"/v1beta/models/{VEO}:predictLongRunning", {"instances": [{"prompt": "x"}]}
    async with plain(vendors.google) as web:
        name = (await web.post(path, json=body)).json()["name"]
        return (await web.get(f"/v1beta/{name}")).json()


@pytest.mark.parametrize("name", ["veo_success_shape", "veo_rai_audio_filter"])
async def test_an_operation_is_told_word_by_word(vendors, name):
    vendors.google.media.tells_google_host = True
    vendors.google.faults += [filtered()] if name == "veo_rai_audio_filter" else []
    made = json.dumps(await finished(vendors))
    made = re.sub(r"operations/\w+", "operations/example", re.sub(r"files/\w+", "files/example", made))
    assert json.loads(made) == quoted(name)


async def test_a_model_that_is_not_there_is_told_in_the_recorded_words(vendors):
    recorded = exchanges("google/error_404_model.yaml")[0]
    async with plain(vendors.google) as web:
        no = await web.post("/v1beta/models/gemini-3.6-flahs:predictLongRunning", json={"instances": [{}]})
    wanted = json.loads(recorded.body)
    wanted["error"]["message"] = wanted["error"]["message"].replace("generateContent", "predictLongRunning")
    assert (no.status_code, no.json()) == (recorded.status, wanted)
