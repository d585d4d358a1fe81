"""Claims and documents as outlines: each sentence with the words marked that something was read from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from tailgraph.cli.outline import Item, Line, Piece, item, section
from tailgraph.graph.evidence.claim import ClaimEvidence, Filler, Tested
from tailgraph.graph.evidence.document import DocumentEvidence, Said
from tailgraph.graph.evidence.marking import Mark
from tailgraph.graph.evidence.origin import Link, Origin
from tailgraph.graph.evidence.sources import Contribution, Sentence, Source
from tailgraph.graph.grades import CREDIBILITY, RELIABILITY, Grade

ROLES = {
    "MADE_BY": "says so", "ACCUSES": "accused", "CONCERNS": "weapons", "SUPPLIED_BY": "said to supply",
    "RECEIVED_BY": "said to receive", "USED_AGAINST": "said to be used against",
    "CARRIED_BY": "said to carry", "DENIED_BY": "denies it", "OF_AIRCRAFT": "aircraft", "OF_TYPE": "type",
    "FLOWN_BY": "operator", "OF_STATE": "state", "FROM": "from", "TO": "to",
}
_SHORT = 12


def claim_outline(claim: ClaimEvidence) -> Item:
    return item(
        f"{claim.kind} {claim.id}: a claim, not a fact",
        *section("What is said", tuple(_said(claim)), style="claim"),
        *section("Where it stands", tuple(map(sentence_item, claim.sentences))),
        *section("What read it", (
            item(f"extractor: {claim.source.extractor}"), item(f"rule: {claim.rule}"),
            item(f"confidence of the rule: {claim.confidence}"),
            item(f"credibility as the extractor sees it: {claim.credibility}, "
                 f"{CREDIBILITY.get(str(claim.credibility), '')}"))),
        *section("How people grade it", tuple(_graded(claim))),
        *section("Report", tuple(source_items(claim.source))),
        *section("Origin", tuple(origin_items(claim.origin))),
        *(section("What the tracks say of it", _tests(claim)) if claim.kind == "ReportedFlight" else ()),
        style="claim")


def _graded(claim: ClaimEvidence) -> Iterable[Item]:
    if grade := claim.credibility_grade:
        yield item(f"credibility: {grade.value}, {CREDIBILITY[grade.value]}", _grade(grade))


def _grade(grade: Grade) -> Item:
    return item(f"graded {grade.value} by {grade.by} on {moment(grade.at)}: {grade.reason}")


def _said(claim: ClaimEvidence) -> Iterable[Item]:
    yield from (item(text) for text in _plain(claim))
    if claim.kind == "Allegation" and not claim.said_by:
        yield item("says so: the report itself")
    for role in sorted({filler.role for filler in claim.fillers}, key=list(ROLES).index):
        fillers = [filler for filler in claim.fillers if filler.role == role]
        definite, is_open = ([f for f in fillers if f.is_open is flag] for flag in (False, True))
        yield from (item(_filler(filler, f"{ROLES[role]}: ")) for filler in definite)
        if is_open:
            yield item(f"{ROLES[role]}: the text leaves open which of these is meant",
                       *(item(_filler(filler)) for filler in is_open))


def _plain(claim: ClaimEvidence) -> Iterable[str]:
    if claim.kind == "Allegation":
        yield f"action: {claim.action}; status: {claim.status}"
    else:
        if claim.happened is False:
            yield "the report says that it did not take place (planned, refused or denied)"
        yield from (f"{name}: {value}" for name, value in (
            ("night", None if claim.night is None else "yes" if claim.night else "no"),
            ("time of day", ", ".join(claim.hours)), ("how many", claim.count),
            ("call signs", ", ".join(claim.callsigns))) if value)
    yield f"when: {days(claim.event_from, claim.event_to) or 'the report does not say'}"


def _filler(filler: Filler, lead: str = "") -> Line:
    name = filler.name if filler.name and filler.name != filler.id else ""
    words = "" if filler.words else ", not named in words of its own"
    words += ", read by a model and by no rule" if filler.is_learned else ""
    judged = f", judged to be one with {', '.join(filler.same_as)}" if filler.same_as else ""
    return (Piece(lead, "dim"), Piece(f"({filler.number}) ", "dim"), Piece(name or filler.id, "head"),
            Piece(f" ({filler.kind}{f' {filler.id}' if name else ''}{judged}){words}"))


def _tests(claim: ClaimEvidence) -> tuple[Item, ...]:
    if claim.happened is False:
        return (item("not tested: it is not said to have taken place"),)
    if not claim.tests:
        return (item("no tracked flight bears on it"),)
    return tuple(_tested(test) for test in claim.tests)


def _tested(test: Tested) -> Item:
    airframes = f" ({', '.join(test.airframes)})" if test.airframes else ""
    return item((Piece(test.verdict, "head"), Piece(f": flight {test.flight}{airframes}, {test.method}")),
                item(f"why: {test.reason}"), item(parts(test.parts)))


def parts(verdicts: dict[str, str]) -> str:
    """ "part by part: aircraft supported, night untestable" """
    return "part by part: " + ", ".join(f"{part} {verdict}" for part, verdict in verdicts.items())


# --- sentences and sources ---------------------------------------------------------------------------------


def sentence_item(sentence: Sentence) -> Item:
    """The sentence with its offsets; what is marked carries the number of what was read from it."""
    lead = f"sentence {sentence.index}, characters {sentence.start} to {sentence.end}: "
    if not sentence.is_evidence:
        lead = f"only names what is meant: {lead}"
    marked = (Piece(f"⟦{_numbers(stretch.marks)}{stretch.text}⟧", "mark") if stretch.marks
              else Piece(stretch.text) for stretch in sentence.stretches)
    return item((Piece(lead, "dim"), *marked))


def _numbers(marks: Sequence[Mark]) -> str:
    numbers = sorted({mark.number for mark in marks if mark.number is not None})
    return f"{','.join(map(str, numbers))}: " if numbers else ""


def source_items(source: Source) -> Iterable[Item]:
    yield item((Piece(source.title or "(no title)", "head"),))
    if source.publisher:
        yield item(f"publisher: {source.publisher} (reliability {source.reliability}, "
                   f"{RELIABILITY.get(source.reliability, '')})",
                   *([_grade(source.reliability_grade)] if source.reliability_grade else []))
    yield item(f"published: {source.published or 'not known'}")
    if source.url:
        yield item(f"address: {source.url}")
    yield item(f"document: {short(source.id)}")
    yield from recorded_items(source.recorded_at, source.runs)


def origin_items(origin: Origin) -> Iterable[Item]:
    """Step by step to where it was first told, and what repeats it."""
    if not origin.repeats:
        yield item("of its own: it repeats nothing else that is here")
    for step, link in enumerate(origin.repeats):
        lead = "which repeats" if step else "no origin of its own: it repeats"
        yield item(f"{lead} {_told_in(link)}", item(f"{link.method}: {link.reason}"),
                   *([item(f"in the sentence {short(link.passage)}")] if link.passage else []))
    for link in origin.repeated_by:
        yield item(f"repeated by {_told_in(link)}", item(f"{link.method}: {link.reason}"))


def _told_in(link: Link) -> str:
    told = ", ".join(filter(None, [link.publisher, str(link.published or "day not known")]))
    return f"{short(link.id)}, {link.title or '(no title)'} ({told})"


def recorded_items(recorded: datetime | None, runs: Iterable[Contribution]) -> Iterable[Item]:
    yield item(f"first stored here: {moment(recorded)}")
    for run in runs:
        end = moment(run.finished) if run.finished else "it was cut"
        yield item(f"put in by run {short(run.id)}: {run.command}, Tailgraph {run.version}, "
                   f"{moment(run.started)} to {end}")


def short(id_: str) -> str:
    """The beginning of an id that is a digest, with the part after its sign: enough to name it here."""
    head, sign, part = id_.partition("#")
    return f"{head[:_SHORT]}{sign}{part}" if len(head) in (32, 64) and head.isalnum() else id_


def moment(instant: datetime | None) -> str:
    return f"{instant:%Y-%m-%d %H:%M:%S} UTC" if instant else "not known"


def days(first: date | None, last: date | None) -> str:
    """An interval of days in words; "" where neither is known."""
    if first and last:
        return str(first) if first == last else f"{first} to {last}"
    return f"{first} or later" if first else f"{last} or earlier" if last else ""


# --- documents ---------------------------------------------------------------------------------------------


def document_outline(document: DocumentEvidence) -> Item:
    mentions = tuple(item(f"({named.number}) {named.words}: {named.kind} {named.entity}, found by "
                          f"{named.method}, confidence {named.confidence}") for named in document.mentions)
    return item(
        f"Document {document.id}",
        *section("Report", (*source_items(document.source), item(f"read by: {document.source.extractor}"))),
        *section("Origin", tuple(origin_items(document.origin))),
        *section("Claims in it (said by somebody, not facts)", tuple(map(said_item, document.claims)),
                 style="claim"),
        *section("Sentences", tuple(map(sentence_item, document.sentences))),
        *section("Names in it", mentions), style="head")


def said_item(said: Said, more: str = "") -> Item:
    """A claim on one line, with who says it and who denies it, and its sentences below."""
    notes = [said.status, _sayer(said), "said not to have taken place" if said.happened is False else None,
             f"denied by {', '.join(said.denied_by)}" if said.denied_by else None]
    return item((Piece(f"{said.kind} {short(said.id)}", "claim"),
                 Piece(": " + "; ".join(filter(None, notes)) + more)), item(said.sentence or ""))


def _sayer(said: Said) -> str:
    # A reported flight has no slot for who told the outlet of it: only its sentences show that.
    if said.kind == "ReportedFlight":
        return "told in the report"
    return f"says {', '.join(said.said_by) or 'the report itself'}"
