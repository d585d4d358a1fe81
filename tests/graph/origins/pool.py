"""Invented reports of one March week: a wire story, what was made of it, and reports that are their own."""

from __future__ import annotations

from datetime import date

from tailgraph.graph.model import Extraction
from tests.graph.scene import accuse, report, told

STORY = (
    "Vladivostok, March 21. A cargo plane of the 224th Flight Unit flew from Vladivostok to Pyongyang "
    "in the night, people who watch the airfield told this agency on Thursday. The Antonov An-124 with "
    "the registration RA-82030 left at half past two in the morning and was not seen again before noon."
    " Two lorries with covered loads had been waiting beside the apron since Tuesday. The airport said "
    "that it knew of no such departure, and the unit did not answer questions. A second aircraft of "
    "the same kind stood ready until the evening.")
REWRITTEN = STORY.replace("A cargo plane", "A freighter").replace(
    "did not answer questions", "made no comment")
EXCERPT = STORY[STORY.index("The Antonov"):STORY.index("A second")].strip()
TWIN = STORY.replace("RA-82030", "RA-82043")
OTHER = (
    "Residents of a village north of Pyongyang woke to the noise of four large engines on Thursday. By "
    "our count of satellite pictures one wide-bodied transport, by its shape an An-124 such as the "
    "224th Flight Unit uses, stood before the terminal at dawn, and had gone when the next picture was "
    "taken at three in the afternoon. What was unloaded, if anything, cannot be seen. No airline has "
    "published a flight to that place for the week, and the border office would not discuss movements "
    "of state aircraft with a newspaper.")
ROUND_UP = f"{STORY} Elsewhere: {OTHER}"
QUOTE = ("“We have never delivered a single missile to anybody, and those who say so tell a lie,” "
         "the spokesman said")

FLOWN = told(aircraft=["RA-82030"], types=["A124"], operator=["224th Flight Unit"])
ACCUSED = accuse(["224th Flight Unit"], index=1)


def _march(day: int, title: str, publisher: str, text: str, *claims: object) -> Extraction:
    return report(title, *claims, text=text, publisher=publisher,  # type: ignore[arg-type]
                  published=date(2024, 3, day))


POOL: dict[str, Extraction] = {
    "wire": _march(21, "Plane flies by night", "Example Wire", STORY, FLOWN, ACCUSED),
    "copy": _march(22, "Freighter in the dark", "Harbour Post", STORY, FLOWN, ACCUSED),
    "rewrite": _march(22, "Freighter seen", "Night Apron", REWRITTEN, FLOWN),
    "excerpt": _march(23, "In brief", "Short Notes", EXCERPT, FLOWN),
    "undated": report("Plane flies", FLOWN, text=STORY, publisher="Old Pages", published=None),
    "twin": _march(22, "Plane flies by night", "Example Wire", TWIN, told(aircraft=["RA-82043"])),
    "other": _march(22, "Engines at dawn", "Village Voice", OTHER,
                    told(types=["A124"], operator=["224th Flight Unit"])),
    "round-up": _march(24, "The week", "Week in Short", ROUND_UP, FLOWN, ACCUSED),
    "citing": _march(21, "A night flight", "Second Desk",
                     "An An-124 of the 224th Flight Unit went to "
                     "Pyongyang by night, according to a report by Example Wire.", FLOWN),
    "citing other": _march(23, "Dawn", "Third Desk",
                           "A big plane of the 224th Flight Unit was there "
                           "at dawn, Village Voice reported.",
                           told(types=["A124"], operator=["224th Flight Unit"])),
    "citing absent": _march(22, "Seen from afar", "Fourth Desk",
                            "A freighter of the unit went to Pyongyang, two "
                            "officials told Reuters.", FLOWN),
    "citing absent too": _march(23, "Seen again", "Fifth Desk",
                                "One more freighter is said to have "
                                "gone. Reuters first reported the flight to Pyongyang.", FLOWN),
    "own eyes": _march(23, "Confirmed", "Sixth Desk",
                       "Our reporter watched the plane come back; Example Wire "
                       "first reported its flight.", FLOWN),
    "statement": _march(22, "A denial", "Seventh Desk", f"{QUOTE} in the capital.", ACCUSED),
    "statement too": _march(22, "Spokesman speaks", "Eighth Desk", f"{QUOTE} before the press.", ACCUSED),
    "short": _march(22, "Landed", "Spotter One", "An Il-76 landed."),
    "short too": _march(22, "Il-76 at noon", "Spotter Two", "An Il-76 landed."),
}
