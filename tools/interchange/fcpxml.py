"""A cut as FCPXML 1.10, for Final Cut Pro 10.6 and later and DaVinci Resolve 18.5 and later."""

import xml.etree.ElementTree as ET
from collections.abc import Container

from state.errors import EditRefused
from state.timeline import Timeline
from tools.interchange.fcpxml_anchors import Anchors, needed_end
from tools.interchange.fcpxml_assets import Assets, seconds
from tools.interchange.fcpxml_story import Spine
from tools.interchange.names import xml_text

VERSION = "1.10"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE fcpxml>\n'


def write_fcpxml(timeline: Timeline, *, missing: Container[str] = (), language: str = "en") -> str:
    """The cut as an FCPXML document whose media lie beside it.

    `language` is that of the captions. Media whose keys are in `missing` are marked so.

    Raises:
        EditRefused: a cut without a rate.
        PostError: a transition that does not fit between its neighbours.
    """
    if timeline.fps < 1:
        raise EditRefused("The cut has no frames a second.", user_action="Give it a rate of 1 or more.",
                          details={"field": "fps"})  # fmt: skip
    assets = Assets(timeline, missing)
    spine = Spine(timeline, assets, needed_end(timeline))
    Anchors(timeline, spine, assets, language).hang()
    root = ET.Element("fcpxml", version=VERSION)
    root.append(assets.element)
    name = xml_text(timeline.name) or "Cut"
    event = ET.SubElement(ET.SubElement(root, "library"), "event", name=name)
    project = ET.SubElement(event, "project", name=name)
    last = spine.places[-1]
    length = seconds(last.at + last.length, assets.fps)
    sequence = ET.SubElement(
        project, "sequence", format=assets.sequence_format, duration=length,
        tcStart="0s", tcFormat="NDF", audioLayout="stereo", audioRate="48k",
    )  # fmt: skip
    sequence.append(spine.finish())
    _indent(root)
    return _HEAD + ET.tostring(root, encoding="unicode") + "\n"


def _indent(root: ET.Element) -> None:
    """One line for each element; inside a text a space would be one more letter."""
    ET.indent(root)
    for text in root.iter("text"):
        text.text = None
        for part in text:
            part.tail = None
