"""What a claim's own sentence leaves out and its surroundings tell, and whether enough is told at all."""

from __future__ import annotations

from tailgraph.graph.model import Action, EntityRef, Kind, Status, WeaponClass
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.body_classes import class_of
from tailgraph.nlp.claims.craft import Craft, Crafts
from tailgraph.nlp.claims.cues import wordset
from tailgraph.nlp.claims.discourse import Discourse, Paragraph
from tailgraph.nlp.claims.draft import Draft
from tailgraph.nlp.claims.givers import GIVER

# Missiles that are fired at nobody are tested.
_TESTED = frozenset({"ballistic-missile", "cruise-missile", "missile", "nuclear", "rocket"})
# What armies move about by themselves.
_OWN = frozenset({"combat-aircraft", "warship", "armoured-vehicle"})
_MOVES = frozenset({Action.TRANSFER, Action.ACQUISITION})
# What comes on its own wings.
_FLIES = frozenset({WeaponClass.COMBAT_AIRCRAFT, WeaponClass.HELICOPTER, WeaponClass.DRONE})


class Completion:
    def __init__(
        self,
        report: Annotated,
        discourse: Discourse,
        crafts: Crafts,
    ) -> None:
        self._report, self._discourse, self._crafts = report, discourse, crafts

    def complete(self, draft: Draft) -> None:
        """What the sentence leaves out and the paragraph tells: the craft, the state behind an army."""
        carried = draft.kinds & {"carry", "load", "cargo", "motion"} or self._speaks_of_craft(draft)
        self._leave_out_makers(draft)
        # "Two Sudanese planes took bombs": whose they are is told, and they are none that was named before.
        told = draft.take("carrier") or draft.owners or self._by_ship(draft)
        if draft.action in _MOVES and carried and not told and not self._comes_by_itself(draft):
            paragraph = self._discourse.paragraph(draft.cue.start)
            craft = self._crafts.before(draft.cue.start, paragraph.start) or self._listed(paragraph)
            if craft is not None and not (_of_another(craft, draft) or _may_have_searched(craft, draft)):
                draft.put("carrier", list(craft.slots.values()))
        if draft.take("carrier") and not any(s.entity.kind == Kind.OPERATOR for s in draft.take("carrier")):
            draft.put("carrier", self._discourse.owner(draft.cue.start))

    def _leave_out_makers(self, draft: Draft) -> None:
        """ "A Heron made by the company X" says whose make it is, and of no deed; what a state or an army
        makes is its doing."""
        if draft.rule == "produce-acl" and draft.status == Status.ASSERTED:
            firms = {ref for ref in draft.refs("accused") if self._is_firm(ref)}
            draft.drop("accused", firms)

    def _is_firm(self, ref: EntityRef) -> bool:
        entity = self._report.entity(ref)
        words = {w for name in entity.names for w in name.lower().split()}
        firm = class_of(entity) in (None, "maker", "company") and not words & wordset("fighting bodies")
        return ref.kind == Kind.ORGANIZATION and firm

    def _comes_by_itself(self, draft: Draft) -> bool:
        """ "A warplane came in from the sea": what flies by itself is carried by no craft told before."""
        classes = {self._report.entity(s.entity).key for s in draft.take("weapons")}
        return draft.rule.endswith("-nsubj") and classes <= _FLIES

    def _speaks_of_craft(self, draft: Draft) -> bool:
        """Whether the sentence of a claim speaks of planes or flights that it does not name."""
        return bool(self._nouns(draft) & (wordset("craft") | {"flight", "airlift"}))

    def _by_ship(self, draft: Draft) -> bool:
        """Whether it speaks of ships or lorries and not of planes."""
        return bool(self._nouns(draft) & wordset("ships")) and not self._speaks_of_craft(draft)

    def _nouns(self, draft: Draft) -> set[str]:
        passage = self._report.passages[draft.sentence]
        span = self._report.doc.char_span(passage.start, passage.end, alignment_mode="expand")
        return {t.lemma_.lower() for t in span or () if t.pos_ == "NOUN"}

    def _listed(self, paragraph: Paragraph) -> Craft | None:
        """For an item of a list of goods: the craft of the lines before the list."""
        if not paragraph.is_item:
            return None
        above = next(
            (p for p in reversed(self._discourse.paragraphs[: paragraph.index]) if not p.is_item), None
        )
        return self._crafts.before(above.end, above.start) if above else None

    def part_ends(self, draft: Draft) -> None:
        """ "Russian firms had a part in moving North Korean missiles to Russia": who receives them supplies
        none, where somebody else does."""
        both = draft.refs("supplier") & draft.refs("recipient")
        if draft.refs("supplier") - both:
            draft.drop("supplier", both)


def _of_another(craft: Craft, draft: Draft) -> bool:
    """ "Sanctioned the airline X for flying rifles, and the firm Y for moving drones": a carrier of which no
    plane is told, and that another body is not said to have used."""
    only = all(ref.kind == Kind.OPERATOR for ref in craft.slots)
    bodies = {ref for ref in draft.refs("accused") if ref.kind in (Kind.ORGANIZATION, Kind.OPERATOR)}
    return only and bool(bodies) and not bodies & set(craft.slots)


def _may_have_searched(craft: Craft, draft: Draft) -> bool:
    """ "The air force ordered to open the boxes. In them were rifles": not who carried them."""
    found = draft.rule in ("cargo-found", "cargo-seized")
    return found and not craft.has(Kind.AIRCRAFT) and not craft.has(Kind.AIRCRAFT_TYPE)


def _deploys(draft: Draft, classes: set[str]) -> bool:
    """ "Seoul sent up fighters", "Brazil moved armoured cars to the border": a state or its air force that
    moves arms of its own, and nobody gets them."""
    doers = draft.refs("accused") | {ref for ref in draft.refs("carrier") if ref.kind == Kind.OPERATOR}
    others = (draft.refs("supplier") | draft.refs("carrier")) - doers | draft.refs("accuser")
    own = draft.refs("supplier") == doers or classes == {"combat-aircraft"}
    told = draft.action == Action.TRANSFER and draft.status == Status.ASSERTED
    return bool(told and doers and own and classes) and classes <= _OWN and not (
        others or draft.refs("recipient")
    )


def stands(draft: Draft, classes: set[str]) -> bool:
    """A claim needs somebody: who did it, whence, to whom or by what; what a headline noun asserts needs
    two.
    """
    acting = (
        draft.refs("accused")
        | draft.refs("supplier")
        | draft.refs("carrier")
        | {s.entity for s in draft.owners}
    )
    named = draft.refs("accused") | draft.refs("supplier")
    others = draft.refs("recipient") | draft.refs("target")
    if draft.rule == GIVER and draft.status == Status.ASSERTED:
        return False  # "Russia is Mali's main supplier of arms" is no deed of a time or place
    if draft.rule.endswith("-far"):
        return bool(acting and others)
    if _deploys(draft, classes):
        return False
    if draft.action == Action.POSSESSION and draft.status == Status.ASSERTED and not others:
        # "The brigade has howitzers" is an inventory, and often a figure of speech; a hoard that is found is
        # somebody's.
        if draft.rule == "possess-noun-of" and draft.refs("accused"):
            return True
        return bool(draft.refs("supplier") or draft.take("accuser"))
    if draft.action == Action.POSSESSION and draft.rule.startswith("carry") and not named | others:
        return False  # "X explained that the crates held rifles": nobody is said to have them
    told_by = draft.refs("accused") | draft.refs("carrier") | others
    if draft.rule == "produce-verb-obj" and draft.status == Status.ASSERTED and not told_by:
        return False  # "the rifles were made in Serbia" says no more than whence they are
    if draft.rule == "use-anaphor" and not acting | others:
        return False
    if draft.action == Action.USE:
        foreign = draft.refs("supplier") - draft.refs("accused")
        tested = bool(classes & _TESTED) and "strike" not in draft.kinds and not draft.plainly_used
        whose = draft.refs("accused") or draft.refs("supplier") or draft.strikers
        if draft.rule == "strike-verb-by" and not whose:
            return False  # "the drone was struck by a missile", by nobody who is told
        attacked = draft.rule in ("strike-verb-with", "strike-verb-from") and bool(draft.refs("accused"))
        return bool(
            draft.refs("target")
            or foreign
            or attacked
            or (draft.hits_place and draft.refs("accused"))
            or (not tested and (acting or draft.take("accuser")) and draft.status != Status.ASSERTED)
        )
    if draft.rule == "produce-noun-compound":
        return bool(draft.refs("accused"))
    if draft.rule == "produce-acl" and draft.status == Status.ASSERTED:
        # "A Heron made by the company X" says whose make it is, and tells of no deed.
        return bool(told_by) or all(ref.kind != Kind.ORGANIZATION for ref in draft.refs("supplier"))
    if draft.status == Status.ASSERTED and "noun" in draft.rule and draft.action != Action.REQUEST:
        return bool(acting and others) or len(acting) > 1
    # Somebody who is named vouches for it, though he names nobody.
    told = draft.status != Status.ASSERTED and bool(draft.take("accuser"))
    return bool(acting | others or (told and not draft.rule.endswith("anaphor")))
