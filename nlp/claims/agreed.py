"""What is agreed, promised or approved and not delivered: it is asked for, not moved."""

from __future__ import annotations

from spacy.tokens import Token

from tailgraph.graph.model import Action
from tailgraph.nlp.claims.acts import Act
from tailgraph.nlp.claims.cues import is_cue, wordset
from tailgraph.nlp.claims.status import reported
from tailgraph.nlp.claims.syntax import conjuncts, doers, is_passive, prep_objects

_TALKS = frozenset(
    {
        "talk",
        "negotiation",
        "discussion",
        "bid",
        "attempt",
        "effort",
        "plan",
        "contract",
        "deal",
        "agreement",
    }
)
_KEEN = frozenset({"interested", "interest", "keen", "intent", "aim", "hope", "close", "near"})
_STEPS = 3
_LETTING = frozenset({"let", "allow", "permit"})


def action(act: Act) -> Action:
    """The action of an act: what is only wished, planned, promised or agreed is a request."""
    given = (promised, _only_agreed, leave_asker, asker)
    if act.kind == "supply" and (licensed(act) or any(is_so(act.cue) for is_so in given)):
        return Action.REQUEST
    if act.kind in ("supply", "acquire") and act.cue.pos_ == "NOUN" and _pending(act.cue):
        return Action.REQUEST
    if act.kind == "acquire" and act.cue.pos_ == "VERB":
        wished = act.cue.dep_ in ("xcomp", "advcl") and is_cue(act.cue.head, "intend")
        wished = wished or _allowed(act.cue)
        wished = wished or (act.cue.dep_ == "acl" and act.cue.head.lemma_ in _KEEN | _TALKS)
        wished = wished or (act.cue.dep_ == "pcomp" and act.cue.head.head.lemma_ in _KEEN) or _coming(act.cue)
        if wished or any(c.lower_ in ("will", "shall", "would") for c in act.cue.children):
            return Action.REQUEST
    return act.action


def licensed(act: Act) -> bool:
    """ "Granted a licence for rifles to X": leave to sell, and no rifle is given."""
    return act.cue.pos_ == "VERB" and any(
        w.lemma_.lower() in wordset("licences") and w.dep_ in ("dobj", "nsubjpass")
        for w in (*act.path, *act.cue.children)
    )


def _allowed(cue: Token) -> bool:
    """ "Let X buy rifles", "was permitted to import jets": what somebody may get he has not got yet. Who is
    accused of letting X get them has let it happen."""
    above = cue.head
    letting = cue.dep_ in ("ccomp", "xcomp") and above.lemma_ in wordset("letting")
    return letting and above.dep_ != "pcomp" and cue.tag_ == "VB"


def promised(cue: Token) -> bool:
    """ "Promised Y tanks", "pledged to send them": it is the giver who promises."""
    if cue.lemma_ in wordset("promising") and cue.pos_ == "VERB":
        return True
    if any(c.lower_ in ("will", "shall") for c in cue.children) or _coming(cue):
        return cue.pos_ == "VERB"
    above = cue.head
    noun = cue.dep_ in ("acl", "relcl") and above.lemma_ in wordset("promises")
    noun = noun and cue.lemma_ not in wordset("covert")  # an attempt to smuggle is found with its load
    verb = cue.dep_ == "xcomp" and above.pos_ == "VERB" and above.lemma_ in wordset("promising")
    return (noun or verb) and _infinitive(cue)


def asker(cue: Token) -> list[Token] | None:
    """Who asked for it in "asked X to supply it with tanks", "urged X to sell rockets"; None if nobody."""
    above = cue.head
    asked = cue.dep_ in ("xcomp", "ccomp") and above.pos_ == "VERB" and above.lemma_ in wordset("asking")
    if not asked or not _infinitive(cue):
        return None
    another = any(c.dep_ == "dobj" for c in above.children) or any(c.dep_ == "nsubj" for c in cue.children)
    return doers(above) if another or is_passive(above) else None


def _coming(cue: Token) -> bool:
    """ "Is to be sent", "is due to deliver"."""
    if not _infinitive(cue):
        return False
    named = cue.dep_ in ("acl", "relcl") and cue.head.pos_ == "PROPN" and cue.head.dep_ == "ROOT"
    if cue.dep_ == "ROOT" or named:
        return True  # a headline's "Iran to supply Sudan with drones"
    if cue.dep_ != "xcomp":
        return False
    above = cue.head
    attribute = next((c for c in above.children if c.dep_ in ("acomp", "attr")), above)
    still = any(c.tag_ in ("VBP", "VBZ") for c in (above, *above.children))
    return still and (above.lemma_ == "be" or attribute.lower_ in wordset("coming"))


def _infinitive(cue: Token) -> bool:
    """ "To sell": no preposition."""
    return any(c.tag_ == "TO" and c.dep_ == "aux" for c in cue.children)


def _pending(noun: Token) -> bool:
    """ "Awaits delivery of", "talks on the sale of", "approved the export of", "the proposed sale of"."""
    if reported(noun):
        return False  # "will vote on the alleged transfer"
    if any(c.dep_ == "amod" and c.lower_ in wordset("pending") for c in noun.children):
        return True
    above = noun
    for _ in range(_STEPS):
        if above.dep_ in ("compound", "conj"):
            above = above.head
        elif above.dep_ == "pobj" and above.head.lower_ in ("for", "on", "of", "over", "about"):
            above = above.head.head
            said = [above, *(c for c in above.children if c.dep_ in ("nsubj", "nsubjpass"))]
            if any(is_cue(t, "request") or t.lemma_ in wordset("talks") for t in said if t.pos_ == "NOUN"):
                return True
        elif above.dep_ in ("dobj", "nsubjpass"):
            held = noun.lemma_ == "sale" and above.head.lemma_ in wordset("held back")
            return held or above.head.lemma_ in wordset("clearing")
        else:
            return False
    return False


def leave_asker(cue: Token) -> list[Token] | None:
    """Who asks in "asked the committee to let it donate pistols", "asked to be allowed to send", "sought
    permission to give": what waits for leave is not given yet. None if nobody does."""
    above = cue.head
    if cue.dep_ in ("ccomp", "xcomp") and above.lemma_ in _LETTING:
        asking = above.head if above.dep_ in ("xcomp", "ccomp") else above
        return doers(asking) if asking != above and _asks(asking) else None
    if cue.dep_ == "acl" and above.lemma_ in wordset("leave"):
        asking = above.head.head if above.dep_ == "pobj" else above.head
        return doers(asking) if _asks(asking) else None
    if cue.dep_ in ("advcl", "xcomp") and _asks(above) and _infinitive(cue):
        things = [c for c in above.children if c.dep_ == "dobj"]
        things += prep_objects(above, "for")
        return doers(above) if any(t.lemma_ in wordset("leave") for t in things) else None
    return None


def _asks(verb: Token) -> bool:
    return verb.lemma_ in ("ask", "request", "seek", "want", "apply")


def _only_agreed(cue: Token) -> bool:
    """ "Agreed to sell", "a deal to supply", "a contract under which X will deliver": no more than an
    order."""
    if not _infinitive(cue):
        return False
    agreeing = cue.dep_ == "xcomp" and any(
        v.lemma_ in ("agree", "contract", "sign") for v in conjuncts(cue.head)
    )
    return agreeing or (cue.dep_ in ("acl", "relcl") and is_cue(cue.head, "request"))
