"""From one act to a claim in the making: its source, its status, its parties, its time."""

from __future__ import annotations

from spacy.tokens import Token

from tailgraph.graph.model import Action, Kind, Slot, Span, Status
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.claims import agreed
from tailgraph.nlp.claims.acts import Act, denied_in_place
from tailgraph.nlp.claims.admitted import own_deed
from tailgraph.nlp.claims.affiliation import Affiliations
from tailgraph.nlp.claims.attribution import Attributor
from tailgraph.nlp.claims.caution import weaken
from tailgraph.nlp.claims.cues import is_cue, wordset
from tailgraph.nlp.claims.destinations import destinations
from tailgraph.nlp.claims.discourse import FINDERS, Discourse
from tailgraph.nlp.claims.doers import CARRYING, somebody
from tailgraph.nlp.claims.draft import Draft
from tailgraph.nlp.claims.modality import asked, inquiry, prevented
from tailgraph.nlp.claims.parties import Parties
from tailgraph.nlp.claims.possession import possessed
from tailgraph.nlp.claims.reporting import relaying
from tailgraph.nlp.claims.roles import roles_of
from tailgraph.nlp.claims.said import Attribution
from tailgraph.nlp.claims.sightings import witnesses
from tailgraph.nlp.claims.slots import Roles, slot_of
from tailgraph.nlp.claims.status import status_of
from tailgraph.nlp.claims.syntax import charged, doers, is_passive, prep_objects, subjects
from tailgraph.nlp.claims.targets import hits_place
from tailgraph.nlp.claims.unarmed import generic
from tailgraph.nlp.claims.when import Calendar, goes_on


class Tellings:
    def __init__(
        self,
        report: Annotated,
        discourse: Discourse,
        ties: Affiliations,
        attributor: Attributor,
        parties: Parties,
    ) -> None:
        self._report = report
        self._discourse, self._ties, self._attributor = discourse, ties, attributor
        self._parties = parties
        self._calendar = Calendar(report)

    def claimed(self, act: Act) -> Draft | None:
        """The claim of an act, None where the text denies it, asks for it, or says that nobody says it."""
        attribution = self._attributor.of(act.cue)
        if attribution.denied or attribution.unsaid or denied_in_place(act):
            return None
        probing = inquiry(act.cue)
        if probing is not None:
            attribution.sources = attribution.sources or self._attributor.named_sources(probing)
            attribution.kinds.append("suspect")
        elif asked(act.cue) and not attribution.vouched and relaying(act.cue) is None:
            return None
        if prevented(act.cue) or (act.action == Action.USE and _rehearsed(act.cue)):
            return None
        if _is_question(act) and not attribution.sources:
            return None
        self._voice(act, attribution)
        draft = self._slots(act, attribution)
        if self._own_finding(act, attribution, draft):
            return draft
        if draft.status == Status.ASSERTED and not draft.take("accuser") and self._discourse.reporting_body:
            draft.put("accuser", self._discourse.reporting_body)
            return draft
        weaken(act, draft, self._attributor)
        return draft

    def denied(self, act: Act) -> Draft | None:
        """The claim that a denial presupposes: "X denied that it had given …"."""
        attribution = self._attributor.of(act.cue)
        if not attribution.denied or not attribution.sources or denied_in_place(act) or asked(act.cue):
            return None
        deniers, attribution.sources = attribution.sources, []
        draft = self._slots(act, attribution)
        draft.put("denied_by", deniers)
        draft.only_denied, draft.status = True, Status.ALLEGED
        others = any(c.dep_ == "nsubj" and c.pos_ in ("NOUN", "PROPN") for c in act.cue.children)
        if (
            not draft.take("accused")
            and act.action != Action.REQUEST
            and not others
            and not _on_its_soil(act)
        ):
            # "X and Y have denied any transfer of arms": what one denies one is said to have done.
            draft.put("accused", [s for s in deniers if s.entity.kind != Kind.PERSON])
        return draft

    def _slots(self, act: Act, attribution: Attribution) -> Draft:
        sentence = self._discourse.sentence(act.cue.idx)
        draft = Draft(
            action=agreed.action(act),
            status=_believed(act) or status_of(act, attribution),
            sentence=sentence,
            cue=Span(start=act.cue.idx, end=act.cue.idx + len(act.cue.text)),
            rule=act.rule,
            evidence={sentence},
            told={sentence},
            kinds=_kinds(act),
            plainly_used=act.cue.lemma_ in ("use", "employ", "drop", "release"),
            hits_place=hits_place(self._parties, act),
            by_people=_by_people(act),
            event=self._calendar.event(act.cue, act.path),
            goes_on=goes_on(act.cue),
            long_past=self._calendar.long_past(act.cue),
            another=_tells_of_another(act),
            also=any(c.lower_ in _ALSO for word in attribution.words for c in word.children),
        )
        draft.put("weapons", [slot_of(m) for m in act.weapons] or generic(self._report))
        self._roles(act, draft)
        draft.nameless = not draft.take("accused") and somebody(self._parties, act)
        self._blamed(act, attribution, draft)
        _never_both(draft, attribution.sources)
        draft.put("accuser", attribution.sources)
        own_deed(act, attribution, draft)
        draft.put("denied_by", attribution.deniers)
        draft.goals = destinations(self._parties, act)
        if not draft.take("accused") and not draft.take("carrier") and "designate" in attribution.kinds:
            self._from_entry(act, attribution, draft)
        return draft

    def _roles(self, act: Act, draft: Draft) -> None:
        roles = roles_of(self._parties, act)
        if draft.action == Action.REQUEST and act.kind == "supply":
            roles.pop("carrier", None)
            roles["supplier"] = roles.get("accused", {}) | roles.get("supplier", {})
            asker, giver = agreed.asker(act.cue), agreed.leave_asker(act.cue)
            if giver is not None:
                found = {s.entity: s for t in giver for s in self._parties.of(t)} or roles.get("accused", {})
                roles["accused"], roles["supplier"] = dict(found), dict(found)
            elif asker is not None:
                roles["accused"] = {s.entity: s for t in asker for s in self._parties.of(t)}
                roles["recipient"] = roles.get("recipient", {}) or dict(roles["accused"])
                for ref in roles["accused"]:
                    roles["supplier"].pop(ref, None)
            elif agreed.licensed(act):
                # Neither who gives leave nor the firm that gets it asks for the weapons.
                goals = [t for word in (act.cue, *act.path) for t in prep_objects(word, "to")]
                states = {s.entity for t in goals for s in self._state_itself(t)}
                roles["accused"] = roles["recipient"] = {
                    r: s for r, s in roles.get("recipient", {}).items() if r in states
                }
            elif not agreed.promised(act.cue):
                # What a seller has only agreed to sell is an order of the buyer's, where a buyer is told.
                roles["accused"] = dict(roles.get("recipient") or roles.get("accused", {}))
        hidden = act.retells is not None and is_passive(act.cue)  # "they had been hidden in a press"
        if not hidden and possessed(act, roles):
            draft.action, draft.kinds = Action.POSSESSION, {"possess"}
        against = act.cue.lemma_ in _SENT_AGAINST and _shot(roles)
        if act.kind in ("carry", "supply") and (against or _let_go(act, roles)):
            draft.action, draft.kinds = Action.USE, {"use"}
            roles.pop("carrier", None)
            for ref in roles.get("accused", {}):
                roles.get("supplier", {}).pop(ref, None)
        draft.behalf = list(roles.pop("behalf", {}).values())
        draft.owners = list(roles.pop("owner", {}).values())
        draft.strikers = list(roles.pop("striker", {}).values())
        for slot, fillers in roles.items():
            draft.put(slot, list(fillers.values()))

    def _state_itself(self, token: Token) -> list[Slot]:
        """The state that a name is, and not that of "an Indian factory"."""
        return self._parties.of(token) if self._parties.names(token, Kind.COUNTRY) else []

    def _blamed(self, act: Act, attribution: Attribution, draft: Draft) -> None:
        """Who is accused by name ("accused X of …"), the aircraft and the unit kept apart where both may
        be meant.
        """
        if draft.take("accused") and any(is_cue(w, "protest") for w in attribution.words):
            return  # "complained to X about Y's flights": whose act it is, is told
        approved = draft.action == Action.REQUEST and act.kind == "supply"
        if attribution.accused and (act.action == Action.USE or approved):
            draft.slots.pop("accused", None)  # "accused X of approving the sale of jets to Y": Y did nothing
        if (
            attribution.accused
            and act.cue.dep_ == "ccomp"
            and act.cue.head.lemma_ in ("let", "allow", "permit", "help")
        ):
            # "Accused X of letting Y fly in bombs": Y gets them, X is to blame; whom X helps to move them to
            # Z gives them.
            helped = draft.slots.pop("accused", {})
            gives = act.cue.head.lemma_ == "help" and draft.refs("recipient") - set(helped)
            charged_with = {s.entity for word in attribution.accused for s in self._parties.of(word)}
            for ref, slot in helped.items():
                draft.slots.get("supplier", {}).pop(ref, None)
                if ref not in charged_with:
                    draft.put("supplier" if gives else "recipient", [slot])
        for word in attribution.accused:
            blamed = self._parties.blamed(word, act.kind in CARRYING)
            draft.put("accused", blamed)
            if act.kind == "supply" and act.cue.pos_ == "NOUN":
                draft.put("supplier", [s for s in blamed if s.entity.kind == Kind.COUNTRY])
            frames = [s for s in blamed if s.entity.kind in (Kind.AIRCRAFT, Kind.AIRCRAFT_TYPE)]
            operators = {s.entity for s in blamed if s.entity.kind == Kind.OPERATOR}
            if frames:
                draft.put("carrier", frames)
                carriers = draft.slots["carrier"]
                draft.slots["carrier"] = {ref: s for ref, s in carriers.items() if ref not in operators}
            elif operators and draft.action == Action.TRANSFER:
                draft.slots["carrier"] = {s.entity: s for s in blamed if s.entity in operators}

    def _voice(self, act: Act, attribution: Attribution) -> None:
        """Where no source is named: whoever stands behind the list, the answer, or the designation."""
        if attribution.sources:
            return
        seers = [s for t in witnesses(act) for s in self._attributor.speakers.of(t)]
        found = seers or self._discourse.voice(act.cue)
        if found and self._discourse.paragraph(act.cue.idx).is_item:
            attribution.kinds.append("designate")
        if not found and "designate" in attribution.kinds:
            found = self._discourse.authority()
        if found:
            attribution.sources = self._ties.expand(found)
            attribution.kinds.append("say")

    def _own_finding(self, act: Act, attribution: Attribution, draft: Draft) -> bool:
        """What a panel says in its own report that it found is its finding, and not an allegation."""
        own = self._discourse.own_bodies
        if act.rule == "cargo-found" and not attribution.sources:
            finders = [s for t in doers(act.cue) for s in self._attributor.speakers.of(t)]
            draft.put("accuser", [s for s in finders if s.entity in own])
            return bool(draft.take("accuser"))
        said = {s.entity for s in attribution.sources}
        if not said and any(self._is_own_team(w) for w in attribution.words):
            attribution.sources = self._discourse.reporting_body
            said = {s.entity for s in attribution.sources}
            draft.put("accuser", attribution.sources)
        if (
            draft.status == Status.ALLEGED
            and said & own
            and attribution.words
            and set(attribution.kinds) == {"say"}
            and all(_finds_itself(w) for w in attribution.words)
            and not any(is_passive(w) for w in attribution.words)
        ):
            draft.status = Status.ASSERTED
            return True
        return False

    def _is_own_team(self, verb: Token) -> bool:
        """ "The team concludes that", in the report of the body whose team it is."""
        heads = [t for t in subjects(verb) if t.lemma_.lower() in FINDERS and t.pos_ in ("NOUN", "PROPN")]
        return any(c.lower_ in ("the", "its") for t in heads for c in t.children)

    def _from_entry(self, act: Act, attribution: Attribution, draft: Draft) -> None:
        """Whom a list is about; else X of "put X on its blacklist for flights that brought …"."""
        accusers = draft.refs("accuser")
        entry = [s for s in self._discourse.entry(act.cue) if s.entity not in accusers]
        verbs = [word for word in attribution.words if word.pos_ == "VERB"]
        listed = (t for verb in verbs for t in charged(verb))
        blamed = entry or [s for t in listed for s in self._parties.of(t)]
        draft.put("accused", blamed)
        if draft.action == Action.TRANSFER:
            draft.put("carrier", [s for s in blamed if s.entity.kind == Kind.OPERATOR])
            draft.put("supplier", [s for s in blamed if entry and s.entity.kind == Kind.ORGANIZATION])


def _believed(act: Act) -> Status | None:
    """ "A load that police believe was bound for X": what is only believed of it, whoever found it."""
    clauses = (c for word in (act.cue, *act.path) for c in word.children if c.dep_ == "relcl")
    noun = act.cue.pos_ == "NOUN"
    return Status.SUSPECTED if noun and any(is_cue(c, "suspect") for c in clauses) else None


def _by_people(act: Act) -> bool:
    """ "Whose soldiers sell us bullets": people do it, though the text does not say whose they are."""
    if act.cue.pos_ != "VERB":
        return False
    people = wordset("people") | wordset("followers") | wordset("armed people") | wordset("private people")
    return any(t.lemma_.lower() in people and t.pos_ == "NOUN" for t in doers(act.cue))


def _finds_itself(word: Token) -> bool:
    """ "The panel established that", "came to the conclusion that", "takes the view that"."""
    if word.pos_ == "NOUN":
        return word.lemma_ in wordset("own conclusions")
    if word.lemma_ in wordset("deeming") and any(
        c.lower_ == "it" for t in word.children for c in (t, *t.children)
    ):
        return True
    return word.lemma_ in wordset("own finding") and word.pos_ == "VERB"


def _kinds(act: Act) -> set[str]:
    unloaded = any(t.lemma_.lower() in ("ramp", "unload", "unloading", "offload") for t in act.cue.sent)
    kinds = {act.kind, "carry"} if unloaded else {act.kind}
    return {*kinds, "covert"} if act.cue.lemma_.lower() in wordset("covert") else kinds


def _tells_of_another(act: Act) -> bool:
    """ "Seized another shipment of North Korean arms", "a second consignment of rifles"."""
    return any(
        word.lemma_.lower() in wordset("shipment")
        and any(c.lower_ in wordset("further load") for c in word.children if c.dep_ in ("det", "amod"))
        for word in (act.cue, *act.cue.children, *act.path)
    )


def _is_question(act: Act) -> bool:
    return act.cue.sent.text.rstrip(' "”\n').endswith("?")


def _on_its_soil(act: Act) -> bool:
    """ "X denied that drones were fired from its soil": where others may have fired them, X fired none."""
    return act.action == Action.USE and any(
        ground.lemma_.lower() in wordset("own ground") and any(c.dep_ == "poss" for c in ground.children)
        for ground in prep_objects(act.cue, "from", "over", "across")
    )


def _rehearsed(cue: Token) -> bool:
    """ "Fired missiles during a joint exercise": what is fired in training is fired at nobody."""
    return any(
        word.lemma_.lower() in wordset("exercise")
        for prep in cue.children
        if prep.dep_ == "prep" and prep.lower_ in ("during", "in", "at", "for", "as")
        for word in prep.subtree
    )


def _never_both(draft: Draft, sources: list[Slot]) -> None:
    """The name that speaks is not at the same place in the text the name of who is accused or shot at."""
    places = {s.span for s in sources if s.span is not None}
    for slot, fillers in draft.slots.items():
        draft.slots[slot] = {ref: s for ref, s in fillers.items() if s.span is None or s.span not in places}


_ALSO = frozenset({"also", "separately", "likewise", "additionally", "besides"})
_SENT_AGAINST = frozenset({"fly", "send", "launch", "unleash"})


_LET_GO = frozenset({"release", "launch", "unleash"})
_FLYING = ("missile", "bomb", "rocket", "drone")


def _let_go(act: Act, roles: Roles) -> bool:
    """ "Missiles that bombers released over the sea": they are fired, and given to nobody."""
    flying = all(m.entity.id.split("/")[0].endswith(_FLYING) for m in act.weapons)
    bombers = any(s.entity.kind == Kind.AIRCRAFT_TYPE for s in roles.get("carrier", {}).values())
    told = any(t.lemma_.lower() in ("bomber", "warplane", "fighter") for t in doers(act.cue))
    return act.cue.lemma_ in _LET_GO and flying and (bombers or told) and not roles.get("recipient")


def _shot(roles: Roles) -> bool:
    """Whether something is sent against somebody and to nobody."""
    return bool(roles.get("target")) and not roles.get("recipient")
