"""How far an extracted claim can be trusted, and how far its source makes it credible: two different things.

Confidence is the extractor's: how often a claim of such a construction is right (half of its facts or
more). It
is counted for each family of rules on annotated reports that the rules were improved on, and drawn
towards the
share that was right on reports read for the first time.

Credibility is the claim's, on the Admiralty scale (1 confirmed … 5 improbable, 6 cannot be judged), as
far as one
report can tell:

* 2 probably true: two sources that are not tied to one another say it;
* 3 possibly true: one named source says it, or the report itself states it;
* 4 doubtful: it is only suspected, or one source says it and somebody denies it;
* 5 improbable: it is only suspected, and somebody denies it;
* 6 cannot be judged: nobody is named who says it.

1 is never given: confirmation by others is for the graph to find, not for one report.
"""

from __future__ import annotations

from tailgraph.graph.model import Status
from tailgraph.nlp.claims.affiliation import Affiliations
from tailgraph.nlp.claims.draft import Draft
from tailgraph.nlp.claims.rules import family, told_of

# Of 141 claims in reports that the rules had not seen, 0.73 were right; this share counts for thirty claims,
# for the counts of the table are of reports that the rules were improved on and flatter.
_UNSEEN, _WEIGHT = 0.73, 30
# A last resort ("far") has been seen too seldom to be counted: a guess, on the low side.
_GUESSED = {"far": 0.5}


def credibility(draft: Draft, ties: Affiliations) -> int:
    """Admiralty credibility, 2 to 6, from who says a claim, how firmly, and who denies it."""
    doubted = draft.status == Status.SUSPECTED
    denied = bool(draft.take("denied_by"))
    if doubted:
        return 5 if denied else 4
    if draft.status == Status.ASSERTED:
        return 4 if denied else 3
    sources = _origins(draft, ties)
    if sources == 0:
        return 6
    return 4 if denied else 2 if sources > 1 else 3


def _origins(draft: Draft, ties: Affiliations) -> int:
    """How many sources say it, a person and the body and state that he speaks for being one."""
    named = draft.refs("accuser")
    tied = {t.entity for ref in named for t in ties.of(ref) if t.entity != ref}
    return len(named - tied)


def confidence(draft: Draft) -> float:
    """Share of right claims among those of this family of rules, from lexicons/claim_rules.csv."""
    counted = told_of(draft.rule)
    expected = _GUESSED.get(family(draft.rule), _UNSEEN)
    share = (counted.right + _WEIGHT * expected) / (counted.total + _WEIGHT)
    return round(share if draft.take("accuser") or draft.status != Status.ALLEGED else share * 0.9, 3)
