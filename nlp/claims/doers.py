"""Who does an act: agent, subject or owner, through passives, control, nouns and broken parses."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from tailgraph.graph.model import Action, Kind, Slot
from tailgraph.nlp.claims.acts import Act
from tailgraph.nlp.claims.blame import BLAMED, blamed, claimant, culprits
from tailgraph.nlp.claims.craft import CRAFT_KINDS
from tailgraph.nlp.claims.cues import is_cue, wordset
from tailgraph.nlp.claims.dealt import deal_behind
from tailgraph.nlp.claims.getters import holders_of, next_steps, region
from tailgraph.nlp.claims.givers import GIVER, LET, givers, letters
from tailgraph.nlp.claims.intercepted import RULE as INTERCEPTED
from tailgraph.nlp.claims.parties import Parties, here, private
from tailgraph.nlp.claims.shooters_told import RULE as SHOT
from tailgraph.nlp.claims.shooters_told import owners_told
from tailgraph.nlp.claims.sightings import SEEN, keepers
from tailgraph.nlp.claims.slots import PARTIES, STATES, Roles, everything, named, put
from tailgraph.nlp.claims.syntax import (
    agents,
    antecedent,
    child,
    doers,
    is_passive,
    prep_objects,
    prepositions,
    recent,
    strayed_agents,
    subjects,
    undergoers,
)

CARRYING = ("carry", "load", "motion", "cargo")
_REACH = 6
_OF_PEOPLE = ("amod", "compound", "nmod")


def fill_doers(parties: Parties, act: Act, out: Roles) -> None:
    """Fill "accused", and what follows from it: carrier, supplier, recipient, "owner" and "behalf"."""
    for word in map(_whole, _words(parties, act)):
        if takes_out(act.cue, parties) and parties.names(word, *STATES):
            continue
        if (part := _part_in_helping(act.cue, word)) is not None:
            found = parties.of(word)
            put(out, part, found)
            put(out, "carrier", [s for s in found if s.entity.kind == Kind.OPERATOR])
            continue
        word = _vehicle_above(word) if act.kind == "supply" else word
        flies = act.kind in CARRYING or (act.kind == "supply" and word.pos_ != "PRON" and act.rule != LET)
        craft = parties.craft_of(word) if flies and not parties.speaks_for_itself(word) else []
        moved_by = wordset("craft") | wordset("ships")
        contains = act.cue.lemma_ in wordset("containing")
        if not craft and (act.kind in CARRYING or contains):
            word = _vehicle_meant(word, contains) or word
            moved_by |= wordset("vessels") if contains else frozenset()
        if craft or (act.kind in (*CARRYING, "supply", "possess") and word.lemma_.lower() in moved_by):
            put(out, "carrier", craft)
            put(out, "owner", named(parties.report, word, Kind.COUNTRY))
            for obj in prep_objects(word, "from"):
                senders = named(parties.report, obj, Kind.COUNTRY)
                put(out, "accused", senders)
                put(out, "supplier", senders)
        else:
            _fill_party(parties, act, word, out)
    for word in _owners(act) if act.kind == "strike" and act.rule.endswith(("-subject", "-by")) else ():
        put(out, "accused", [here(s, act.cue) for owner in parties.of(word) for s in parties.led_by(owner)])
    deal = deal_behind(act)
    for word in subjects(deal) if deal is not None else ():
        givers_told = parties.of(word)
        put(out, "accused", givers_told)
        put(out, "accused", [s for s in out.get("carrier", {}).values() if s.entity.kind == Kind.OPERATOR])
        put(out, "supplier", [s for s in givers_told if s.entity.kind in STATES])
    for word in (act.cue, *act.path):
        for obj in _on_behalf(word):
            put(out, "behalf", parties.of(obj))
    for word in (act.cue, *_clauses_of_firing(act)) if act.action == Action.USE else ():
        for obj in prep_objects(word, "from"):
            if obj.lemma_.lower() in wordset("positions"):  # "fired from a Rwandan position"
                put(out, "accused", named(parties.report, obj, *STATES))
    for word in region(act) if act.action == Action.USE else ():
        for noun in (word, *prep_objects(word, "at", "on")):
            for obj in _ordered_by(noun):
                put(out, "accused", parties.of(obj))


def _part_in_helping(cue: Token, word: Token) -> str | None:
    """The slot of "X helped Y move missiles" that a word fills, if it is X, who gives none of his own, or the
    Y of "accused X of helping Y", who is not charged."""
    above = cue.head
    if cue.dep_ not in ("xcomp", "ccomp") or above.lemma_ not in wordset("helping"):
        return None
    if word.head != cue or word.dep_ not in ("nsubj", "conj"):
        return "accused"
    return "supplier" if above.dep_ == "pcomp" and not is_cue(cue, "acquire", "request") else None


def somebody(parties: Parties, act: Act) -> bool:
    """ "A broker arranged the delivery": whether a doer is told, be it one without a name, and no craft."""
    moved_by = wordset("craft") | wordset("ships") | wordset("shipment") | wordset("flight")
    return any(
        word.pos_ in ("NOUN", "PROPN") and word.lemma_.lower() not in moved_by
        for word in (_words(parties, act) if act.kind == "supply" else ())
    )


def takes_out(cue: Token, parties: Parties) -> bool:
    """ "The UAE removed ten crates from the vessel": who takes a load out of what carried it has not sent
    it."""
    if cue.lemma_ not in wordset("unloading"):
        return False
    vehicles = wordset("craft") | wordset("ships")
    things = [c for c in cue.children if c.dep_ == "dobj"]
    held = [*things, *(o for word in (cue, *things) for o in prep_objects(word, "from", "off"))]
    held += [c for t in held for c in t.children if c.dep_ in ("nmod", "compound")]
    return any(t.lemma_.lower() in vehicles or parties.names(t, *CRAFT_KINDS) for t in held)


def _vehicle_meant(pronoun: Token, contains: bool) -> Token | None:
    """ "Jets turned back an Iranian plane, since it carried missiles": the vehicle of its number that stands
    last before a pronoun, in its sentence or the one before; `contains`: or the crates that "held" them."""
    if pronoun.lower_ not in ("it", "they", "which"):
        return None
    plural, vehicles = pronoun.lower_ == "they", wordset("craft") | wordset("ships")
    vehicles |= wordset("vessels") - wordset("flight") if contains else frozenset()
    for token in reversed(recent(pronoun)):
        vehicle = token.lemma_.lower() in vehicles and token.pos_ == "NOUN"
        if vehicle and (token.tag_ == "NNS") == plural and token.dep_ not in ("compound", "nmod"):
            return token
    return None


def _vehicle_above(pronoun: Token) -> Token:
    """ "The plane came back from X, where it had delivered shells": the vehicle that is the subject of the
    clause above "it"; any other word is itself."""
    if pronoun.lower_ != "it" or pronoun.dep_ != "nsubj":
        return pronoun
    for above in list(pronoun.ancestors)[1:]:
        subject = next(
            (c for c in above.children if c.dep_ in ("nsubj", "nsubjpass") and c.i < pronoun.i), None
        )
        if subject is not None and above.pos_ in ("VERB", "AUX"):
            moves = subject.lemma_.lower() in wordset("craft") | wordset("ships")
            return subject if moves and subject.pos_ == "NOUN" else pronoun
    return pronoun


def _whole(word: Token) -> Token:
    """ "Some of them", "a part of these": who is meant is told by the pronoun."""
    if word.lemma_.lower() not in wordset("pronouns") | wordset("part"):
        return word
    return next((o for o in prep_objects(word, "of") if o.lower_ in ("them", "these", "those")), word)


def _fill_party(parties: Parties, act: Act, word: Token, out: Roles) -> None:
    found = parties.of(word)
    if word.lemma_.lower() in wordset("craft"):
        # "A Kyrgyz freighter was held with rifles": it is not the state that has them.
        found = [s for s in found if s.entity.kind != Kind.COUNTRY]
    put(out, "accused", [*found, *_served_by(parties, word)])
    if act.rule == LET:
        put(out, "supplier", found)  # an air force that lets others have its drones carries nothing
        return
    operators = [s for s in found if s.entity.kind == Kind.OPERATOR]
    if act.kind in CARRYING or act.kind == "supply":
        for slot in operators:
            put(out, "carrier", _flown_by(parties, slot) or [slot])
        if not operators and (found or not private(word)):
            bodies = [s for s in found if s.entity.kind in STATES]
            apposed = word.dep_ == "appos" and word.pos_ == "NOUN" and bool(bodies)
            if not _only_pays(act):
                # "Belarus, an ally of Russia, sold": what else is said of a state is not whence weapons are.
                alone = apposed or parties.names(word, Kind.COUNTRY)
                told = [] if alone else everything(parties.report, word, *STATES)
                put(out, "supplier", [s for s in told or bodies if not _his_people(parties, word, s)])
    elif act.kind in ("acquire", "request") and (act.action == Action.REQUEST or not _for_another(act)):
        put(out, "recipient", found)


def _served_by(parties: Parties, person: Token) -> list[Slot]:
    """X of "arranged by Luc Marsh, an officer of X": whom he acts for."""
    if not parties.names(person, Kind.PERSON):
        return []
    offices = [c for c in person.children if c.dep_ == "appos" and c.lemma_ in wordset("agents of a state")]
    bodies = [o for office in offices if not _once(office) for o in prep_objects(office, "of", "for")]
    return [s for o in bodies for s in named(parties.report, o, Kind.ORGANIZATION)]


def _his_people(parties: Parties, word: Token, slot: Slot) -> bool:
    """ "The Belgian Luc Marsh", "a Dutch national, Piet Smit": of what people somebody is says nothing of
    whence the weapons are."""
    if slot.span is None:
        return False
    once = [t for c in word.children if c.dep_ == "appos" and _once(c) for t in c.subtree]
    if any(slot.span.start <= t.idx < slot.span.end for t in once):
        return True  # "Luc Marsh, formerly of X's embassy"
    if slot.entity.kind != Kind.COUNTRY:
        return False
    own = [t for t in word.subtree if slot.span.start <= t.idx < slot.span.end and t.dep_ in _OF_PEOPLE]
    return any(private(t.head) or parties.names(t.head, Kind.PERSON) for t in own)


def _once(office: Token) -> bool:
    return any(c.lower_ in wordset("former") for c in office.children)


def _only_pays(act: Act) -> bool:
    """ "X paid for the delivery", "had organised the shipment": the weapons are somebody else's."""
    noun = act.cue
    if noun.pos_ != "NOUN":
        return False
    verb = noun.head.head if noun.dep_ == "pobj" else noun.head
    arranged = noun.dep_ in ("dobj", "nsubjpass") and act.rule.endswith("-anaphor")
    return verb.lemma_ in wordset("paying") or (arranged and verb.lemma_ in wordset("arranging"))


def arranged(act: Act) -> bool:
    """ "X arranged the delivery of …", "was accused of brokering the sale of …"."""
    return act.cue.dep_ in ("dobj", "nsubjpass") and act.cue.head.lemma_ in wordset("arranging")


def _for_another(act: Act) -> bool:
    """ "Rifles were procured for Y by X": X is no recipient."""
    return is_passive(act.cue) and any(True for _ in prep_objects(act.cue, "for"))


def _flown_by(parties: Parties, operator: Slot) -> list[Slot]:
    """The craft of an operator that does the carrying, if the talk was of it just before."""
    mention = parties.mention_from(operator.span.start) if operator.span is not None else None
    craft = parties.crafts.at(mention) if mention is not None else None
    if mention is None or craft is None or not parties.crafts.near(craft, mention.start, mention.start):
        return []
    return list(craft.slots.values())


def _words(parties: Parties, act: Act) -> list[Token]:
    cue = act.cue
    if act.rule in (GIVER, LET):
        return givers(cue) if act.rule == GIVER else letters(act)
    if act.rule == SHOT:
        return owners_told(cue)
    if act.kind == "cargo" or (act.rule == "carry-anaphor" and not is_passive(cue)):
        return []
    if cue.pos_ not in ("VERB", "AUX"):
        return _of_noun(parties, act)
    if act.rule == SEEN:
        return keepers(act)
    if act.rule == BLAMED:
        return list(blamed(cue))
    if act.rule == "carry-hands":
        return list(holders_of(cue)) if act.kind == "possess" else []
    if act.rule == INTERCEPTED:
        return _shooters_below(act)
    if act.rule.endswith("-subject") or act.rule == "strike-verb-by":
        return [obj for word in act.path for obj in prep_objects(word, "of")] + _shooters_below(act)
    if act.kind == "possess" and act.rule.endswith("-with"):
        return undergoers(cue) or doers(cue)
    if act.kind == "load" and act.rule.endswith("-with"):
        return [*undergoers(cue), *([] if is_passive(cue) else doers(cue)), *agents(cue)]
    if act.kind == "motion":
        return doers(cue) or undergoers(cue)
    if act.rule.endswith("-caused"):
        cause = cue.head.head if cue.dep_ == "acl" else cue.head
        return subjects(cause)  # "X helped to get munitions shipped"
    if cue.dep_ == "pcomp" and cue.head.head.lemma_ in wordset("part in"):
        return _partakers(cue.head)  # "sanctioned X for its role in shipping"
    found = doers(cue) + _users(cue) + _shooters_below(act)
    if not found and is_passive(cue):
        # "Armed with rifles by X", "were flown to Y and handed over by X", "flown to Y by X", hung on Y.
        ends = prep_objects(cue, "to", "from", "into")
        found = [t for word in (*act.path, *next_steps(cue), *ends) for t in agents(word)]
    return found if found or not act.rule.endswith("-near") else _just_before(parties, cue)


def _clauses_of_firing(act: Act) -> list[Token]:
    """ "Struck by a missile fired from …": the clauses on a weapon that say how it was shot."""
    return [c for word in act.path for c in word.children if c.dep_ == "acl" and is_cue(c, "use")]


def _owners(act: Act) -> Iterator[Token]:
    """ "X said that a jet of its own shot it down", "one of its MiG-29s", "a helicopter of theirs": whose the
    weapon is, who is told as the subject of the clauses above or else by the pronoun."""
    words = [*act.path, *(o for word in act.path for o in prep_objects(word, "of"))]
    pronouns = [c for word in words for c in word.children if c.dep_ == "poss" and c.pos_ == "PRON"]
    pronouns += [word for word in words if word.lower_ in ("theirs", "ours")]
    for pronoun in pronouns[:1]:
        above = [a for a in act.cue.ancestors if a.pos_ == "VERB" and child(a, "nsubj") is not None]
        yield from subjects(above[0]) if above else [pronoun]


def _shooters_below(act: Act) -> list[Token]:
    """ "Drones launched by X hit", "the missiles that X fired struck": who shot, told on the weapon."""
    if act.action != Action.USE:
        return []
    clauses = [c for word in act.path for c in word.children if c.dep_ in ("acl", "relcl") and c != act.cue]
    shots = [c for c in clauses if is_cue(c, "use", "strike", "supply") and _shoots(c)]
    return [t for c in shots for t in doers(c)] + [
        owner  # "fired from a battery of X"
        for c in shots
        for gun in prep_objects(c, "from", "by")
        if gun.lemma_.lower() in wordset("shooters") | wordset("ships") | wordset("craft")
        for owner in prep_objects(gun, "of")
    ]


def _shoots(clause: Token) -> bool:
    """Whether a clause on a weapon says who shot it off: a passive with its agent, or a relative whose object
    the weapon is."""
    given = is_cue(clause, "supply") and clause.lemma_ not in ("launch", "send", "fly")
    own = any(c.dep_ == "nsubj" and c.tag_ not in ("WDT", "WP") for c in clause.children)
    fired = clause.dep_ == "acl" and clause.tag_ in ("VBD", "VBN") and child(clause, "dobj") is None
    return not given and (is_passive(clause) or own or fired)


def _users(cue: Token) -> list[Token]:
    """Who has others do it: "X was used by Y to fly", "Y helped X buy", "Y let X fly in"."""
    above = cue.head
    if cue.dep_ not in ("xcomp", "ccomp", "advcl") or above.pos_ not in ("VERB", "AUX"):
        return []
    if above.lemma_ in ("have", "get") and cue.tag_ == "VBN" and child(cue, "aux", "auxpass") is None:
        return doers(above)  # "he had rifles shipped to X"
    if above.lemma_ in wordset("employing") and is_passive(above):
        return list(agents(above))
    if above.lemma_ == "arrange" and any(c.dep_ == "mark" and c.lower_ == "for" for c in cue.children):
        return doers(above)  # "X arranged for missiles to be flown"
    return doers(above) if above.lemma_ in wordset("helping") and cue.dep_ != "advcl" else []


def _just_before(parties: Parties, cue: Token) -> list[Token]:
    """Where the parse broke: the party or craft named right before the verb."""
    for index in range(cue.i - 1, max(cue.i - 1 - _REACH, cue.sent.start - 1), -1):
        token = cue.doc[index]
        if parties.names(token, *PARTIES, *CRAFT_KINDS):
            return [token]
        if token.is_punct or token.pos_ not in ("AUX", "ADV", "PART", "NOUN", "PROPN"):
            return []
    return []


def _of_noun(parties: Parties, act: Act) -> list[Token]:
    """Whose transfer: "X's sale", "the delivery by X", "Russian deliveries", "X carried out the delivery"."""
    noun = act.cue
    if guilty := list(culprits(noun)):
        return guilty
    if (claiming := claimant(noun)) is not None:
        return doers(claiming)
    found = [c for c in noun.children if c.dep_ == "poss"]
    if not _charged_by(noun):
        found += [t for word in (noun, *act.path) for t in agents(word)]
    if act.kind == "possess":
        owned = [c for word in (noun, *act.path) for c in word.children if c.lemma_ == "belong"]
        found += [t for clause in owned for t in prep_objects(clause, "to")]
    if found and noun.head.lemma_ in wordset("brokering"):
        found += _light_verb_subjects(noun)
    found = found or [t for clause in _clauses_on(act) for t in doers(clause)]
    return (
        found
        or [
            c
            for c in noun.children
            if c.dep_ in ("amod", "compound", "nmod") and parties.names(c, Kind.COUNTRY) and not _paired(c)
        ]
        or _light_verb_subjects(noun)
    )


def _paired(state: Token) -> bool:
    """ "The Israel–Iran arms run", "a Sudan-Chad arms trade": between whom, and not whose."""
    beside = (i for i in (state.i - 1, state.i + 1) if 0 <= i < len(state.doc))
    return any(state.doc[i].text in ("-", "–", "—", "/") for i in beside)


def _charged_by(noun: Token) -> bool:
    """ "X was linked to the sale of rifles by Y": Y says so, and sold none."""
    verb = noun.head.head
    charging = noun.dep_ == "pobj" and verb.pos_ == "VERB" and is_cue(verb, "link", "allege", "suspect")
    return charging and any(True for _ in strayed_agents(verb))


def _clauses_on(act: Act) -> Iterator[Token]:
    """ "Two consignments of arms that X passed to Y": the relative clauses that say who moved the load."""
    for word in (act.cue, *act.path):
        for clause in word.children:
            relative = any(
                c.dep_ in ("dobj", "nsubjpass") and (c.tag_ == "WDT" or c.lower_ == "that")
                for c in clause.children
            )
            if clause.dep_ == "relcl" and relative and is_cue(clause, "supply", "carry", "load"):
                yield clause


def _light_verb_subjects(noun: Token) -> list[Token]:
    """Who "carried out the delivery", "is implicated in the transport", "was used for the delivery"."""
    if noun.dep_ == "pobj":
        verb = noun.head.head
        if noun.head.lower_ == "of" and verb.dep_ == "dobj" and is_cue(verb.head, "allege"):
            verb = verb.head  # "accused X of a trade in rifles": the parser hangs "of" on X
        blamed = verb.pos_ == "VERB" and is_cue(verb, "allege", "suspect", "designate")
        used = verb.lemma_ in ("use", "charter", "hire", "employ") and noun.head.lower_ in ("for", "in")
        if blamed or used:
            return [antecedent(t) for t in undergoers(verb)]
        if noun.head.lower_ == "for" and verb.lemma_ == "pay":
            return doers(verb)
        if noun.head.lower_ == "behind" and verb.lemma_ in ("be", "stand"):
            return subjects(verb)
        if is_cue(verb, "link") and noun.head.lower_ in ("to", "with"):
            return [antecedent(t) for t in undergoers(verb)]
        return _partakers(noun.head) if noun.head.lower_ in ("in", "with", "for") else []
    verb = noun.head
    if is_cue(verb, "acquire", "request") and noun.dep_ in ("dobj", "nsubjpass"):
        return []  # who received a shipment did not send it
    if (
        noun.dep_ in ("dobj", "nsubjpass")
        and verb.pos_ == "VERB"
        and not is_cue(verb, "say", "allege", "deny", "suspect", "found")
        and verb.lemma_ not in wordset("watching")
    ):
        return doers(verb)
    return []


def _partakers(prep: Token) -> list[Token]:
    """Who "took part in", "was involved in", "assisted with", "acted as broker in" an act, whose "role in" it
    is told."""
    word = prep.head
    verb = word.head.head if word.dep_ == "pobj" and word.head.lower_ == "as" else word
    if verb.pos_ == "VERB" and any(o.lemma_ in wordset("go-betweens") for o in prep_objects(verb, "as")):
        return subjects(verb)
    if word.pos_ == "NOUN" and word.lemma_ in wordset("part in"):
        owners = [c for c in word.children if c.dep_ == "poss"] + list(prep_objects(word, "of"))
        governor = word.head
        light = governor.lemma_ in ("take", "play", "have") and word.dep_ == "dobj"
        return owners or (subjects(governor) if light else [])
    if word.lemma_ in wordset("partake"):
        return subjects(word)
    taking = any(c.dep_ == "dobj" and c.lemma_ in wordset("part in") for c in word.children)
    return subjects(word) if taking and word.lemma_ in ("take", "play", "have") else []


def _ordered_by(word: Token) -> Iterator[Token]:
    """X in "on X's orders", "on the instructions of X", "at the behest of X"."""
    for order in prep_objects(word, "on", "at", "under", "upon", "by"):
        if order.lemma_.lower() in wordset("orders"):
            yield from (c for c in order.children if c.dep_ == "poss")
            yield from prep_objects(order, "of", "from", "by")


def _on_behalf(word: Token) -> Iterator[Token]:
    """X in "on behalf of X", "on X's behalf"."""
    for prep in prepositions(word):
        for inner in prep.subtree:
            if inner.lower_ == "behalf":
                yield from (c for c in inner.children if c.dep_ == "poss")
            of_name = inner.head.lower_ == "name" and inner.head.head.lower_ == "in"
            if inner.lower_ == "of" and (inner.head.lower_ == "behalf" or of_name):
                yield from (c for c in inner.children if c.dep_ == "pobj")
