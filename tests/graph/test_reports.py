"""A report's contribution: whole, once, replaceable, and gone without a trace."""

from __future__ import annotations

from tailgraph.graph import reports, retract
from tailgraph.graph.digest import digest
from tailgraph.graph.runs import run
from tailgraph.graph.store import Store
from tests.graph.made_up import derive, extraction
from tests.graph.scene import accuse, report, slot

ONE = extraction(1, ["RA-82030", "Examplia", "missiles"])
TWO = extraction(2, ["Examplia", "Pyongyang", "9th Unit"])


def put(store: Store, *extractions: object) -> reports.Written:
    with run(store, "test") as node:
        return reports.write(store, extractions, node)  # type: ignore[arg-type]


def now(store: Store) -> str:
    return digest(store.driver, store.database)


def nodes(store: Store, label: str) -> set[str]:
    return {row["id"] for row in store.read("MATCH (n) WHERE $label IN labels(n) RETURN n.id AS id",
                                            {"label": label})}


def test_an_edge_says_that_only_a_model_gave_the_part(store: Store) -> None:
    claim = accuse(["A124"]).model_copy(
        update={"target": (slot("UA").model_copy(update={"learned": True}),)})
    put(store, report("The accusation", claim))
    edges = store.read("MATCH (:Allegation)-[r]->(e:Entity) RETURN e.id AS id, r.learned AS learned")
    assert {row["id"] for row in edges if row["learned"]} == {"UA"}
    assert all(row["learned"] is None for row in edges if row["id"] != "UA")


def test_a_report_is_there_with_every_edge(store: Store) -> None:
    written = put(store, ONE)
    assert written == reports.Written((ONE.document.id,), ())
    named = {"RA-82030", "RU", "ballistic-missile/KN-23", "KP/Pyongyang", "KP"}
    assert nodes(store, "Entity") == named | {"A124", "224th Flight Unit"}  # which the airframes table adds
    assert nodes(store, "Claim") == {f"{ONE.document.id}#a0", f"{ONE.document.id}#f0"}
    edges = store.read("""
        MATCH (:Document)-[:HAS_CLAIM]->(c)-[r]->(e:Entity)
        RETURN type(r) AS type, e.id AS id, r.ambiguous AS ambiguous, r.start AS start ORDER BY type, id""")
    assert edges == [
        {"type": "CONCERNS", "id": "ballistic-missile/KN-23", "ambiguous": False, "start": 10},
        {"type": "MADE_BY", "id": "RA-82030", "ambiguous": False, "start": None},
        {"type": "TO", "id": "KP", "ambiguous": False, "start": None},
        {"type": "TO", "id": "KP/Pyongyang", "ambiguous": False, "start": None},
    ]


def test_again_changes_nothing(store: Store) -> None:
    put(store, ONE, TWO)
    before = now(store)
    assert put(store, TWO, ONE) == reports.Written()
    assert now(store) == before


def test_a_newer_extractor_replaces_the_old_contribution(store: Store) -> None:
    newer = extraction(1, ["RA-82030", "Jane Doe"], "made-up 2")
    # The same words must be the same document.
    newer = newer.model_copy(update={"document": ONE.document})
    put(store, newer, TWO)
    reference = now(store)
    retract.retract(store, retract.find(store, ONE.document.id), derive)
    put(store, ONE)
    assert reports.known(store, [ONE.document.id, "nowhere"]) == {ONE.document.id: "made-up 1"}
    put(store, newer)
    assert now(store) == reference


def test_retract_leaves_what_others_support(store: Store) -> None:
    put(store, TWO)
    reference = now(store)
    put(store, ONE)
    source = retract.find(store, ONE.document.id[:12])
    assert retract.counts(store, source) == {
        "Allegation": 1, "Document": 1, "Mention": 3, "Passage": 2, "ReportedFlight": 1}
    retract.retract(store, source, derive)
    assert now(store) == reference
    retract.retract(store, source, derive)
    assert now(store) == reference


def test_the_last_retraction_leaves_nothing_but_runs(store: Store) -> None:
    put(store, ONE, TWO)
    for one in (ONE, TWO):
        retract.retract(store, retract.find(store, one.document.id), derive)
    assert {row["label"] for row in store.read("MATCH (n) UNWIND labels(n) AS label RETURN label")} == {
        "Run", "Meta"}
