"""How far its source makes a claim credible; how far it can be trusted to be read rightly is `confidence`.

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
