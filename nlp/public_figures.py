"""Public figures whom the news names without introduction: "Gaddafi and Mobutu", "Zelensky thanked Biden".

A table tells which surnames stand for a person when nothing beside them does. It only makes the name a
person's: whose it is, the report has to say, so two reports' "Petro" are not joined by it. Of whom a report
gives an office ("President Volodymyr Zelensky") it tells the state.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from tailgraph.nlp import people
from tailgraph.nlp.candidates import Candidate, View
from tailgraph.nlp.lexicon import key
from tailgraph.nlp.runs import Run, opener
from tailgraph.nlp.vocabulary import items, rows

_RANK = 27


@cache
def forms() -> dict[str, bool]:
    """Folded names, full and short, and whether each is also a common word or a common surname."""
    found: dict[str, bool] = {}
    for row in rows("tailgraph.nlp", "lexicons", "public_figures.csv"):
        doubtful = set(items(row, "ambiguous"))
        for form in items(row, "name", "forms"):
            found[key(form)] = found.get(key(form), True) and form in doubtful
    return found


@cache
def states() -> dict[str, str]:
    """Full name → ISO code of the state that the figure holds or held office in, where the table says it."""
    table = rows("tailgraph.nlp", "lexicons", "public_figures.csv")
    return {row["name"]: row["country"] for row in table if row["country"]}


def find(view: View, runs: list[Run]) -> Iterator[Candidate]:
    """Runs that are a listed name and nothing else; a doubtful one only where the grammar shows a person."""
    for run in runs:
        first = run.first
        while first < run.last and opener(view.doc[first]):
            first += 1
        tokens = view.doc[first : run.last + 1]
        doubtful = forms().get(key(tokens.text))
        if doubtful is None or all(t.text.isupper() and len(t) > 1 for t in tokens):
            continue
        if doubtful and not (tokens.root.ent_type_ == "PERSON" and people.speaks(view.doc, first, run.last)):
            continue
        yield people.person(view, first, run.last, "lexicon", 0.8, _RANK)
