"""Where a sentence stands: its paragraph, the list or answer it belongs to, and who speaks there."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Token

from tailgraph.graph.model import EntityRef, Kind, Mention, Slot
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.claims.cues import wordset
from tailgraph.nlp.claims.slots import everything, head_of, slot_of

_ITEM = re.compile(
    r"\s*(?:[-•*–—]\s|\d+(?:\.\d+)*[.)/]?\s|\(?[a-z0-9]{1,3}\)\s"
    r"|(?:Counts?|Charges?|Articles?|Particulars|Allegations?)\b[^.:]{0,12}[.:]\s)"
)
_NUMBERED = re.compile(r"\s*\d{1,3}\.\s")
_TURN = re.compile(r"([^\n:]{2,60}?)(?:, \d{1,2}[:.]\d\d)?\s?(?::|–|—)\s")
_REPORT_OF = re.compile(r"(?:\b(?:report|findings|letter)\s+(?:of|by|from)\s+)(?:the\s+)?$", re.IGNORECASE)
FINDERS = frozenset(["panel", "group", "committee", "commission", "team", "mission", "experts", "inquiry"])
# A text that is part of a paper: "extracts from the Panel's report", "taken from the report of the Panel".
_EXTRACT = re.compile(r"\b(?:extracts?|excerpts?|taken from|reproduced from)\b", re.IGNORECASE)
_ITS_REPORT = re.compile(r"['’]s?\s+(?:\w+\s+){0,2}(?:report|findings)\b")
_ANSWER = re.compile(
    r"(?:Answered by|Answer(?: by| from)?|"
    r"Reply(?: by| from| of)?|Response(?: by| from)?|Statement by)\s+(.{3,60})$"
)
_QUESTION = re.compile(r"(?:Asked by|Question(?: by| from)?|Q:|Q\.)")

# How many mentions back a pronoun or description may reach; keeps long reports linear.
_REACH = 120


@dataclass(frozen=True)
class Paragraph:
    index: int
    start: int
    end: int
    text: str

    @property
    def is_item(self) -> bool:
        return bool(_ITEM.match(self.text))


class Discourse:
    def __init__(self, report: Annotated) -> None:
        self._report = report
        self._offsets = [m.start for m in report.mentions]
        self._sentences = [p.start for p in report.passages]
        self.paragraphs = [
            Paragraph(i, m.start(), m.end(), m.group())
            for i, m in enumerate(re.finditer(r"[^\n]+(?:\n[^\n]+)*", report.document.content))
        ]

        self._starts = [p.start for p in self.paragraphs]

    def paragraph(self, offset: int) -> Paragraph:
        return self.paragraphs[max(bisect_right(self._starts, offset) - 1, 0)]

    def between(self, start: int, end: int, *kinds: Kind) -> list[Mention]:
        """Mentions of `kinds` that start in a stretch of text."""
        first, last = bisect_left(self._offsets, start), bisect_left(self._offsets, end)
        return [m for m in self._report.mentions[first:last] if m.entity.kind in kinds]

    def before(self, offset: int, *kinds: Kind) -> Iterator[Mention]:
        """Mentions of `kinds` that end before `offset`, the nearest first, within reach."""
        place = bisect_left(self._offsets, offset)
        for mention in reversed(self._report.mentions[max(place - _REACH, 0) : place]):
            if mention.end <= offset and mention.entity.kind in kinds:
                yield mention

    def mentions_of(self, paragraph: Paragraph, *kinds: Kind) -> list[Mention]:
        return self.between(paragraph.start, paragraph.end, *kinds)

    def sentences(self, paragraph: Paragraph) -> set[int]:
        """Indices of the passages of a paragraph."""
        first, last = (bisect_left(self._sentences, o) for o in (paragraph.start, paragraph.end))
        return {p.index for p in self._report.passages[first:last]}

    def sentence(self, offset: int) -> int:
        place = bisect_right(self._sentences, offset) - 1
        return self._report.passages[place].index if place >= 0 else 0

    @cached_property
    def own_bodies(self) -> frozenset[EntityRef]:
        """The panel or commission whose own report this is: named as its author in the title, or speaking of
        itself in numbered paragraphs, or where the text says that it is taken from its report. What it finds
        it does not merely allege."""
        content, title = self._report.document.content, len(self._report.document.title)
        numbered = sum(bool(_NUMBERED.match(p.text)) for p in self.paragraphs) >= 2
        opening = next((p.end for p in self.paragraphs if p.end > title + 1), 0)
        if not _EXTRACT.search(content[:opening]):
            opening = 0
        found = set()
        for mention in self._report.mentions:
            entity = self._report.entity(mention.entity)
            if entity.kind != Kind.ORGANIZATION or not _finds(entity.names):
                continue
            author = mention.start < title and _REPORT_OF.search(content[: mention.start])
            taken = mention.end <= opening and _ITS_REPORT.match(content, mention.end)
            if numbered or author or taken:
                found.add(mention.entity)
        return frozenset(found)

    @cached_property
    def reporting_body(self) -> list[Slot]:
        """The panel in whose numbered paragraphs the report consists, if it is one alone."""
        numbered = sum(bool(_NUMBERED.match(p.text)) for p in self.paragraphs)
        if numbered < 3 or 2 * numbered < len(self.paragraphs) or not self.own_bodies:
            return []
        working = [m for m in self._report.mentions if m.entity in self.own_bodies and self._works(m)]
        often = Counter(m.entity for m in working).most_common(1)
        return [slot_of(next(m for m in working if m.entity == often[0][0]))] if often else []

    def _works(self, mention: Mention) -> bool:
        """Whether a body is told as finding, asking or advising something itself."""
        head = head_of(self._report, mention)
        if head is None or head.dep_ not in ("nsubj", "pobj"):
            return False
        verb = head.head.head if head.dep_ == "pobj" and head.head.lower_ == "by" else head.head
        return verb.lemma_ in wordset("own finding") | wordset("panel work")

    @cached_property
    def _turns(self) -> dict[int, list[Slot]]:
        """Who speaks in each paragraph of a transcript ("Minister Larkin: …"), two turns at least."""
        turns: dict[int, list[Slot]] = {}
        for paragraph in self.paragraphs:
            opening = _TURN.match(paragraph.text)
            if opening is None:
                continue
            named = self.between(paragraph.start, paragraph.start + opening.end(1), Kind.PERSON)
            if named and named[-1].end >= paragraph.start + opening.end(1) - 1:
                turns[paragraph.index] = [slot_of(named[-1])]
        return turns if len(turns) >= 2 else {}

    @cached_property
    def _voices(self) -> dict[int, list[Slot]]:
        """Who speaks in each paragraph of a list or an answer, by the line that introduces it."""
        voices: dict[int, list[Slot]] = {}
        current: list[Slot] = []
        answering = False
        for paragraph in self.paragraphs:
            answer = _ANSWER.match(paragraph.text)
            if answer:
                current = [slot_of(m) for m in self.mentions_of(paragraph, Kind.PERSON, Kind.ORGANIZATION)]
                answering = bool(current)
                continue
            if _QUESTION.match(paragraph.text):
                current, answering = [], False
            elif answering or (current and paragraph.is_item):
                voices[paragraph.index] = current
            elif paragraph.text.rstrip().endswith(":") or paragraph.text.rstrip().endswith("list."):
                current = self._introducing(paragraph)
            elif not paragraph.is_item:
                current = self._introducing(paragraph) if self._before_list(paragraph) else []
        return voices

    def _before_list(self, paragraph: Paragraph) -> bool:
        following = self.paragraphs[paragraph.index + 1 : paragraph.index + 2]
        return (
            bool(following)
            and following[0].is_item
            and bool(
                re.search(
                    r"\b(following|below|listed|as follows|named are|these)\b", paragraph.text, re.IGNORECASE
                )
            )
        )

    def _introducing(self, paragraph: Paragraph) -> list[Slot]:
        """The bodies and states that are the subject of the sentences before a list."""
        span = self._report.doc.char_span(paragraph.start, paragraph.end, alignment_mode="expand")
        for token in span or ():
            subject = token.dep_ == "nsubj" or (token.dep_ == "pobj" and token.head.dep_ == "agent")
            if subject:
                found = everything(self._report, token, Kind.ORGANIZATION, Kind.COUNTRY)
                for other in token.conjuncts:
                    found += everything(self._report, other, Kind.ORGANIZATION, Kind.COUNTRY)
                if found:
                    return found
        return []

    @cached_property
    def issuer(self) -> list[Slot]:
        """The ministry or state whose own press statement the report is, by its headings; it says all of it
        that nobody else says."""
        headings = [p for p in self.paragraphs[:_HEADINGS] if p.text and not p.text.rstrip().endswith(_ENDS)]
        if not any(_STATEMENT.match(p.text) or self._is_letterhead(p) for p in headings):
            return []
        bodies = [m for p in headings for m in self.mentions_of(p, Kind.ORGANIZATION, Kind.COUNTRY)]
        bodies = [m for m in bodies if not _STATEMENT.match(m.text)]
        if bodies:
            return [slot_of(bodies[0])]
        first = next((p for p in self.paragraphs if p.text.rstrip().endswith(_ENDS)), None)
        return self._introducing(first)[:1] if first is not None else []

    def _is_letterhead(self, paragraph: Paragraph) -> bool:
        """ "Office of the Spokesman of the Armed Forces": a heading below the title that only names who
        issues."""
        span = self._report.doc.char_span(paragraph.start, paragraph.end, alignment_mode="expand")
        finite = any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in span or ())
        below = paragraph.start >= len(self._report.document.title)
        return below and not finite and bool(_OFFICE.match(paragraph.text))

    @cached_property
    def _notes(self) -> int:
        """The paragraph below a statement where its editor's own notes begin; behind the last if none do."""
        heads = (p.index for p in self.paragraphs[1:] if _NOTES.match(p.text) and not p.text.endswith(_ENDS))
        return next(heads, len(self.paragraphs))

    @cached_property
    def interviewee(self) -> list[Slot]:
        """Who says "I" in an interview whose questions stand in paragraphs of their own."""
        questions = sum(_asks(p.text) for p in self.paragraphs)
        people = [m for m in self._report.mentions if m.entity.kind == Kind.PERSON]
        return [slot_of(people[0])] if questions >= 2 and people else []

    @cached_property
    def _answers(self) -> frozenset[int]:
        """The paragraphs of an interview in which somebody speaks of himself to answer."""
        if not self.interviewee:
            return frozenset()
        asked = [p.index for p in self.paragraphs if _asks(p.text)]
        answers = [p for p in self.paragraphs if p.index > asked[0] and not _asks(p.text)]
        own = sum(bool(_FIRST_PERSON.search(p.text)) for p in answers)
        return frozenset(p.index for p in answers) if 2 * own >= len(answers) else frozenset()

    def voice(self, token: Token) -> list[Slot]:
        """Who speaks where the text itself names nobody: the body behind a list, the person who answers."""
        index = self.paragraph(token.idx).index
        issuer = self.issuer if index < self._notes else []
        told = self._voices.get(index) or self._turns.get(index, []) or issuer
        return told or (self.interviewee if index in self._answers else []) or self._lists(token)

    def _lists(self, token: Token) -> list[Slot]:
        """ "The panel lists the flights. On 3 May an An-12 …": the body whose findings the paragraph goes on
        to tell."""
        place = bisect_left(self._listings, token.sent.start_char, key=lambda listing: listing[0]) - 1
        if place < 0 or self._listings[place][0] < self.paragraph(token.idx).start:
            return []
        return self._listings[place][1]

    @cached_property
    def _listings(self) -> list[tuple[int, list[Slot]]]:
        """Where each sentence begins after which findings are told, and whose they are."""
        found = []
        for sentence in self._report.doc.sents:
            verb = sentence.root
            if verb.lemma_ in wordset("listing") and any(c.dep_ == "dobj" for c in verb.children):
                subjects = [c for c in verb.children if c.dep_ == "nsubj"]
                slots = [s for t in subjects for s in everything(self._report, t, Kind.ORGANIZATION)]
                found.append((sentence.start_char, slots))
        return found

    def owner(self, offset: int) -> list[Slot]:
        """The operator named in the line before a list of aircraft ("… property of X:")."""
        paragraph = self.paragraph(offset)
        if not paragraph.is_item:
            return []
        for above in reversed(self.paragraphs[: paragraph.index]):
            if not above.is_item:
                found = {m.entity: m for m in self.mentions_of(above, Kind.OPERATOR)}
                return (
                    [slot_of(m) for m in found.values()]
                    if len(found) == 1 and above.text.rstrip().endswith(":")
                    else []
                )
        return []

    def authority(self) -> list[Slot]:
        """The body or state whose act the report tells of first: who designates in "designated for …"."""
        for paragraph in self.paragraphs:
            found = self._introducing(paragraph)
            if found:
                return found
        return []

    def entry(self, token: Token) -> list[Slot]:
        """The name that a list item is about: what stands first in it."""
        paragraph = self.paragraph(token.idx)
        mentions = self.mentions_of(paragraph, Kind.OPERATOR, Kind.ORGANIZATION, Kind.PERSON, Kind.COUNTRY)
        if mentions and mentions[0].start - paragraph.start <= 6 and mentions[0].start < token.idx:
            return [slot_of(mentions[0])]
        return []


# How many paragraphs may stand above the first of a statement, and how a paragraph of it ends.
_HEADINGS, _ENDS = 4, (".", '"', "”", ":", ";")
_STATEMENT = re.compile(
    r"\W*(?:official |joint |press |public |media )*"
    r"(?:statement|release|communiqu[eé]|declaration|note verbale)\b",
    re.IGNORECASE,
)
# A heading that is nothing but the office that issues what follows.
_OFFICE = re.compile(
    r"(?:office of the (?:military |army |official )?spokes\w+|press (?:service|office|department|bureau)"
    r"|information (?:office|department|bureau)|(?:supreme|general|high) (?:command|headquarters|staff)"
    r"|(?:military |official )?spokes\w+ (?:of|for)|(?:ministry|department|directorate) of)\b"
    r"[^.:;!?]{0,90}$",
    re.IGNORECASE,
)
_NOTES = re.compile(
    r"\W*(?:(?:monitor|editor|translator|agency|compiler)['’]?s?['’]? )?(?:notes?|comments?|remarks?)\b",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(r"\b(?:I|I'm|I've|I’m|I’ve|my|me)\b")


def _asks(paragraph: str) -> bool:
    """Whether a paragraph is a question of an interview."""
    return paragraph.rstrip(' "”*_').endswith("?") and len(paragraph) < 220


def _finds(names: tuple[str, ...]) -> bool:
    return any(word.lower() in FINDERS for name in names for word in name.split())
