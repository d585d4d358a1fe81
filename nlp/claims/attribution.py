"""Who says it: from the act up through the clauses that report it, out of quotes and across sentences."""

from __future__ import annotations

from bisect import bisect_right

from spacy.tokens import Token

from tailgraph.graph.model import Slot
from tailgraph.nlp.annotation import Annotated
from tailgraph.nlp.claims.affiliation import Affiliations
from tailgraph.nlp.claims.asides import Aside, per, set_off
from tailgraph.nlp.claims.cues import is_cue, word_class, wordset
from tailgraph.nlp.claims.discourse import Discourse
from tailgraph.nlp.claims.headlines import Headlines
from tailgraph.nlp.claims.modality import negated
from tailgraph.nlp.claims.quotes import quotes
from tailgraph.nlp.claims.reporting import (
    calls_untrue,
    cannot,
    deeming,
    has_it,
    heard_from,
    holders,
    is_aside,
    made_by,
    of_fact,
    rejects_in_headline,
    relaying,
    reports,
    says_more,
    says_none,
    says_nothing,
    takes_view,
    told_by,
    view_told,
    voiced_over,
)
from tailgraph.nlp.claims.said import Attribution, unique
from tailgraph.nlp.claims.speakers import Speakers
from tailgraph.nlp.claims.syntax import (
    MISREAD,
    agents,
    antecedent,
    charged,
    charging,
    child,
    ended,
    is_passive,
    of_itself,
    prep_objects,
    protested_to,
    strayed_agents,
    subjects,
    swallowed,
    under_penalty,
    undergoers,
)

_OVER = ("over", "about", "for", "at", "after", "against")
_RESPONSIBLE = frozenset({"responsible", "accountable", "guilty", "liable", "complicit"})


class Attributor:
    def __init__(
        self, report: Annotated, ties: Affiliations, speakers: Speakers, discourse: Discourse
    ) -> None:
        self._report, self._ties, self.speakers, self._discourse = report, ties, speakers, discourse
        self._headlines = Headlines(report, discourse)
        self._quotes = list(quotes(report))
        self._opening = [span.start for span, _ in self._quotes]

    def of(self, cue: Token) -> Attribution:
        """The attribution of the act at `cue`; no kinds at all where the report says it in its own voice."""
        out = Attribution()
        self._relayed(cue, out)
        token = cue
        for _ in range(14):
            self._adjuncts(token, out)
            head = charging(token) if token.dep_ == "prep" else token.head
            if head == token or ended(token, head):
                break
            self._step(token, head, out)
            token = head
        if not out.sources:
            self._quote(cue, out)
        if not out.sources:
            self._voice(cue, per(cue), out)
        if not out.kinds:
            aside = set_off(cue, self.speakers, self._discourse)
            if aside is not None:
                self._voice_of(aside, out)
        if not out.kinds:
            out.sources, said = self._headlines.source(cue)
            out.kinds += ["say"] if said else []
        out.sources = self._ties.expand(unique(out.sources))
        return out

    def sources_of(self, verb: Token) -> list[Slot]:
        """Who says what a verb of saying says."""
        out = Attribution()
        self._add_sources(verb, "say", out)
        return out.sources

    def quoted(self, token: Token) -> list[Slot]:
        """Who says the quote in which a token stands."""
        out = Attribution()
        self._quote(token, out)
        return out.sources

    def named_sources(self, verb: Token) -> list[Slot]:
        """Who says what a verb of saying says, with the bodies and states that they speak for."""
        return self.expanded(self.sources_of(verb))

    def expanded(self, slots: list[Slot]) -> list[Slot]:
        """`slots` with what they are tied to, each once."""
        return self._ties.expand(unique(slots))

    # --- upward
    def _step(self, token: Token, head: Token, out: Attribution) -> None:
        if of_itself(token):
            return  # "found itself accused": who finds it does not say it
        if token.dep_ == "relcl" and told_by(token) is not None:
            self._told(told_by(token), out)
        elif (deemed := deeming(token)) is not None:
            if not out.sources:
                self._add_sources(*deemed, out)
        elif swallowed(token):
            self._add_sources(token.head.head, "say", out)
        elif (hearing := heard_from(token)) is not None and not out.sources:
            self._add_sources(hearing, "say", out)
        elif head.lower_ in _RESPONSIBLE and token.dep_ == "prep" and token.lower_ in ("for", "of", "to"):
            self._responsible(head, out)
        elif token.dep_ == "prep" and token.lower_ in _OVER and (penalty := under_penalty(head)) is not None:
            self._penalised(head, penalty, out)
        elif token.lower_ == "among" and head.lemma_ in wordset("naming parties"):
            self._named_among(head, out)
        elif word_class(head) == "verb":
            self._verb(token, head, out)
        elif head.lower_ in MISREAD and word_class(head) == "noun":
            self._misread(token, head, out)
        elif word_class(head) == "noun" and token.dep_ in ("acl", "relcl", "ccomp", "prep", "pobj"):
            self._noun(token, head, out)
        elif (
            word_class(head) == "adjective"
            and is_cue(head, "hedge", "reported")
            and token.dep_ in ("ccomp", "xcomp")
        ):
            out.kinds.append("suspect")

    def _responsible(self, word: Token, out: Attribution) -> None:
        """ "X holds Y responsible for", "Y was found guilty of": Y is accused, by X where X is named."""
        own = [c for c in word.children if c.dep_ == "nsubj"]
        if word.dep_ == "amod":  # the parser makes "Y responsible" one phrase
            own = [word.head]
        verb = word.head.head if word.dep_ == "amod" else word.head
        if not is_cue(verb, "say", "allege") and verb.lemma_ not in ("hold", "find", "be", "deem", "judge"):
            return
        out.kinds.append("allege")
        out.words.append(verb)
        passive = is_passive(verb)
        out.accused.extend(own or (subjects(verb) if passive or verb.lemma_ == "be" else undergoers(verb)))
        speakers = list(agents(verb)) if passive else [] if verb.lemma_ == "be" else subjects(verb)
        if not out.sources:
            out.sources.extend(s for t in speakers for s in self.speakers.of(t))

    def _penalised(self, verb: Token, penalty: Token, out: Attribution) -> None:
        """ "X has been under U.S. sanctions for flying …": X is accused, by whoever punishes."""
        out.kinds.append("designate")
        out.words.append(verb)
        out.accused.extend(subjects(verb))
        if not out.sources:
            owners = [c for c in penalty.children if c.dep_ in ("poss", "amod", "compound", "nmod")]
            owners += prep_objects(penalty, "by", "of", "from")
            out.sources.extend(s for t in owners for s in self.speakers.of(t))

    def _named_among(self, verb: Token, out: Attribution) -> None:
        """ "X named Y among the states that arm Z": Y is accused, by X."""
        out.accused.extend(undergoers(verb))
        if not out.sources:
            self._add_sources(verb, "allege", out)

    def _misread(self, token: Token, verb: Token, out: Attribution) -> None:
        """ "Which the ministry accuses of": a verb that the tagger took for a noun; who accuses stands
        before it."""
        if out.sources:
            return
        out.kinds.append("allege")
        out.words.append(verb)
        before = [c for c in verb.lefts if c.dep_ in ("compound", "nmod", "nsubj", "poss")]
        out.sources.extend(s for t in before for s in self.speakers.of(t))
        if token.dep_ == "prep":
            out.accused.extend(undergoers(verb) if verb.dep_ != "relcl" else [verb.head])

    def _told(self, verb: Token | None, out: Attribution) -> None:
        """ "It was told by a pilot that …": the pilot says it, or who heard it where he has no name."""
        if verb is None or out.sources:
            return
        out.kinds.append("say")
        out.words.append(verb)
        named = [s for t in agents(verb) for s in self.speakers.of(t)]
        out.sources.extend(named or [s for t in subjects(verb) for s in self.speakers.of(t)])

    def _verb(self, token: Token, verb: Token, out: Attribution) -> None:
        deniers = rejects_in_headline(verb)
        if deniers and not out.kinds:
            out.kinds.append("deny")
            out.words.append(verb)
            out.sources.extend(s for t in deniers for s in self.speakers.of(t))
            return
        if verb.lemma_ in wordset("acquitting") and token.dep_ == "prep" and token.lower_ in ("of", "from"):
            out.unsaid = True  # "was acquitted of having flown"
            return
        kind = next(
            (k for k in ("exclude", "deny", "allege", "suspect", "designate", "say") if is_cue(verb, k)), None
        )
        if kind == "designate" and token.dep_ in ("dobj", "nsubjpass") and is_cue(verb, "say"):
            kind = "say"  # "the panel listed four shipments that …": what is listed is nobody
        what = any(c.lower_ == "what" for c in verb.children) or token.lemma_ in wordset("givers")
        if kind is None and token.dep_ == "oprd" and what:
            kind = "say"  # "what X called the supply of …", "called Y the main supplier of …"
        if kind in ("say", None) and calls_untrue(verb):
            kind = "deny"
        if kind == "exclude":
            kind = "suspect" if cannot(verb) else "deny"
        elif (
            token.dep_ in ("ccomp", "xcomp", "relcl", "acl")
            and says_nothing(verb)
            and kind in ("say", "suspect", None)
        ):
            out.unsaid = True
        if verb.lemma_ == "have" and any(
            c.dep_ == "nsubj" and c.lemma_.lower() in ("rumour", "rumor", "word", "legend", "gossip")
            for c in verb.children
        ):
            out.kinds.append("suspect")
            return
        if has_it(verb) and token.dep_ == "ccomp":
            # "Janes has it that …", "I put it to you that …"
            self._add_sources(verb, "say", out)
            return
        if (
            verb.lemma_ == "put"
            and token.dep_ == "dobj"
            and token.lemma_ in ("value", "number", "total", "figure", "cost")
        ):
            self._add_sources(verb, "say", out)
            return
        if verb.lemma_ in ("attribute", "ascribe", "trace", "credit") and token.dep_ in ("dobj", "nsubjpass"):
            out.accused.extend(prep_objects(verb, "to"))
            out.accused.extend(o for t in token.subtree for o in prep_objects(t, "to") if t != token)
            kind = "allege"
        if token.dep_ == "prep" and token.lower_ in _OVER and is_cue(verb, "protest") and not out.sources:
            out.accused.extend(t for t in protested_to(verb) if t.i < token.i)
            self._add_sources(verb, "allege", out)
            return
        if is_cue(verb, "link") and token.dep_ == "prep" and token.lower_ in ("to", "with"):
            if not out.sources and any(o.pos_ == "NOUN" for o in prep_objects(verb, token.lower_)):
                self._add_sources(verb, "allege", out)
            return
        view = view_told(token, verb) if kind is None else None
        if view is not None:
            self._noun(token, view, out)
            return
        if kind is None and not out.sources and (voiced := voiced_over(token)) is not None:
            self._noun(token, voiced, out)
            out.sources.extend(s for t in agents(verb) for s in self.speakers.of(t))
            return
        if kind is None or not reports(token, verb, kind):
            return
        if kind == "deny" and negated(verb):
            return  # "it is not disputed that"
        if kind == "deny" and out.kinds:
            blank = Attribution()
            self._add_sources(verb, kind, blank)
            out.deniers = self._ties.expand(blank.sources)
            return
        if out.sources:
            if kind == "designate":  # "blacklisted X for flights which, it said, brought arms": X is accused
                out.kinds.append(kind)
                out.words.append(verb)
            return
        if kind in ("allege", "suspect") and token.dep_ == "prep":
            out.accused.extend(subjects(verb) if is_passive(verb) else charged(verb))
        self._add_sources(verb, kind, out)

    def _add_sources(self, verb: Token, kind: str, out: Attribution) -> None:
        out.kinds.append(kind)
        out.words.append(verb)
        if (
            not is_passive(verb)
            and child(verb, "nsubj") is None
            and verb.dep_ in ("conj", "dep")
            and self._lost_speaker(verb)
        ):
            out.sources.extend(self.speakers.just_before(verb))
            return
        speakers = [antecedent(t) for t in (agents(verb) if is_passive(verb) else subjects(verb))]
        if not speakers and is_cue(verb, "link", "allege", "suspect"):
            speakers = list(strayed_agents(verb))
        outlet = self.speakers.outlet(verb, speakers)
        if outlet:
            out.sources.extend(outlet)
            return
        if is_passive(verb) and verb.lemma_ in ("quote", "cite"):
            speakers = subjects(verb)
        found = [s for t in speakers for s in self.speakers.of(t)]
        if not found and not speakers and verb.tag_ in ("VBD", "VBZ", "VBP"):
            found = self.speakers.just_before(verb) or self.speakers.just_after(verb)
        if not found and verb.lemma_ in ("tell", "inform") and not is_passive(verb):
            found = self.speakers.hearers(undergoers(verb))
        if not found:
            heard = prep_objects(verb, "to") if kind == "say" and speakers else ()
            found = self.speakers.hearers(heard)
        out.sources.extend(found)

    def _lost_speaker(self, verb: Token) -> bool:
        """ ", the agency (X) told reporters", where the parser makes the agency part of what went before."""
        if (
            not is_cue(verb, "say")
            or verb.tag_ not in ("VBD", "VBZ", "VBP")
            or child(verb, "nsubj", "ccomp") is not None
        ):
            return False
        found = self.speakers.just_before(verb)
        return (
            bool(found)
            and found[0].span is not None
            and "," in self._report.document.content[max(0, found[0].span.start - 6) : found[0].span.start]
        )

    def _noun(self, token: Token, noun: Token, out: Attribution) -> None:
        if noun.lemma_ in wordset("acquitting"):
            out.unsaid = True
        classes = (("say", "claim"), ("suspect", "doubt"), ("deny", "denying"))
        kind = next((k for k, names in classes if is_cue(noun, names)), None)
        if kind is None:
            return
        if kind == "suspect" and any(
            t.lower_ in ("which", "who") and t.dep_ == "nsubj" for t in token.subtree
        ):
            return  # "no answer from X, which says that"
        if kind == "suspect" and (of_fact(token) or takes_view(noun)):
            kind = "say"
        if says_none(noun):
            out.unsaid = True
        out.kinds.append(kind)
        out.words.append(noun)
        if not out.sources:
            owners = [c for c in noun.children if c.dep_ in ("poss", "amod", "compound", "nmod")]
            owners += prep_objects(noun, "by", "from")
            owners += made_by(noun)
            owners += [t for t in prep_objects(noun, "of") if t not in token.subtree]
            named = [s for t in owners for s in self.speakers.of(t)]
            out.sources.extend(named or [s for t in holders(noun) for s in self.speakers.of(t)])

    def _relayed(self, cue: Token, out: Attribution) -> None:
        """ "A report in X according to which …": X says it, however the parser hangs the clause."""
        noun = relaying(cue)
        if noun is None:
            return
        out.kinds.append("say")
        out.words.append(noun)
        makers = prep_objects(noun, "in", "by", "from", "of")
        owners = [c for c in noun.children if c.dep_ in ("poss", "compound", "amod")]
        out.sources.extend(s for t in (*makers, *owners) for s in self.speakers.of(t))

    # --- beside
    def _adjuncts(self, token: Token, out: Attribution) -> None:
        if out.sources:
            return
        for sub in token.children:
            if (
                sub.dep_ == "advcl"
                and (is_cue(sub, "say", "allege") or has_it(sub))
                and any(c.dep_ == "mark" and c.lower_ == "as" for c in sub.children)
                and not says_more(sub)
            ):
                self._add_sources(sub, "say", out)
                out.vouched = True
            elif sub.dep_ in ("conj", "parataxis", "ccomp") and is_aside(sub):
                self._add_reported(sub, out)
            elif sub.dep_ in ("conj", "dep") and sub.i > token.i and self._lost_speaker(sub):
                self._add_sources(sub, "say", out)
            elif sub.dep_ == "parataxis" and is_cue(sub, "say", "suspect", "allege"):
                self._add_sources(sub, "suspect" if is_cue(sub, "suspect") else "say", out)
            elif sub.lower_ == "according":
                objects = [o for o in prep_objects(token, "to") if o.head.head == sub] or [
                    o for c in sub.children if c.lower_ == "to" for o in c.children if o.dep_ == "pobj"
                ]
                self._voice(sub, objects, out)
            elif sub.dep_ == "prep" and sub.lower_ in ("by", "in", "on"):
                objects = [
                    o
                    for o in sub.children
                    if o.dep_ in ("pobj", "pcomp") and o.lemma_.lower() in wordset("account")
                ]
                owners = [antecedent(c) for o in objects for c in o.children if c.dep_ == "poss"]
                if is_cue(token, "say") and all(t.tag_ == "PRP$" for t in owners):
                    owners = []  # "the panel says in its report": whose it is, the verb has told
                owners += [t for o in objects for t in prep_objects(o, "of") if self.speakers.of(t)]
                self._voice(sub, owners, out)
            elif sub.dep_ == "advcl" and sub.lemma_ == "cite":
                self._voice(sub, undergoers(sub), out)

    def _add_reported(self, verb: Token, out: Attribution) -> None:
        """ "…, the agency is reported to have said": who is reported is who says it."""
        out.kinds.append("say")
        out.words.append(verb)
        out.sources.extend(s for t in subjects(verb) for s in self.speakers.of(t))

    def _voice(self, word: Token, objects: list[Token], out: Attribution) -> None:
        if objects:
            out.kinds.append("say")
            out.words.append(word)
            out.sources.extend(s for t in objects for s in self.speakers.of(t))

    def _voice_of(self, aside: Aside, out: Attribution) -> None:
        out.kinds.append("suspect" if is_cue(aside.verb, "suspect") else "say")
        out.words.append(aside.verb)
        out.sources.extend(aside.sources)

    # --- quotes
    def _quote(self, cue: Token, out: Attribution) -> None:
        place = bisect_right(self._opening, cue.i) - 1
        if place >= 0:
            span, speaker = self._quotes[place]
            if cue.i < span.end and speaker is not None and word_class(speaker) == "noun":
                self._voice(speaker, [speaker], out)
            elif cue.i < span.end and speaker is not None:
                self._add_sources(speaker, "suspect" if is_cue(speaker, "suspect") else "say", out)
