"""Every form: read back whole, always the same, and never a claim as a fact."""

from __future__ import annotations

import csv
import gc
import json
import re
from collections import Counter
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
import stix2  # type: ignore[import-untyped]
import stix2validator  # type: ignore[import-untyped]

from tailgraph.errors import UsageError
from tailgraph.graph.export import ftm
from tailgraph.graph.export.contents import Contents, GraphNode, of_documents
from tailgraph.graph.export.forms import FORMS, export, report_beside
from tailgraph.graph.identity.clusters import is_address
from tailgraph.graph.shape import CLAIMS, EDGES, ENTITIES, NODES, Label, Type
from tailgraph.graph.store import Store
from tests.graph.analysis.conftest import ACCUSATION
from tests.graph.export.conftest import file_of, text_of

ONE_FILE = [name for name, form in FORMS.items() if form.to_file]
Pair = tuple[str, str]


def counts(store: Store) -> tuple[Counter[str], Counter[str]]:
    """What the graph holds, by label and by type, without records."""
    contents = Contents(store)
    return (Counter(str(node.label) for node in contents.nodes()),
            Counter(str(edge.type) for edge in contents.edges()))


def fact_pairs(store: Store) -> set[Pair]:
    """Entities that a table, rule or track ties together, directly."""
    return {(f"{edge.start[0]}/{edge.start[1]}", f"{edge.end[0]}/{edge.end[1]}")
            for edge in Contents(store).edges()
            if edge.start[0] not in CLAIMS and edge.type is not Type.SAME_AS}


@pytest.mark.parametrize("form", ONE_FILE)
def test_the_same_graph_gives_the_same_bytes(store: Store, form: str) -> None:
    first, losses = text_of(store, form)
    assert text_of(store, form) == (first, losses)
    assert (losses.nodes, losses.edges) == counts(store)
    assert losses.lost["Track.points", "packed positions; `tailgraph db dump` keeps them"] > 5
    assert losses.lost["Run", "a record of the work itself"] > 0


def test_no_property_takes_the_place_of_what_the_forms_add() -> None:
    names = {prop.name for things in (NODES.values(), EDGES) for thing in things for prop in thing.properties}
    assert not names & {"node_label", "edge_type", "standing", "statement_key"}


@pytest.mark.parametrize(("form", "read"), [("graphml", nx.read_graphml), ("gexf", nx.read_gexf)])
def test_networkx_reads_as_many_nodes_and_edges(store: Store, form: str, read: Any) -> None:
    text, losses = text_of(store, form)
    graph = read(BytesIO(text.encode()))
    nodes, edges = counts(store)
    assert graph.is_directed() and graph.is_multigraph()
    found = graph.nodes(data=True)
    assert Counter(values["node_label"] for _, values in found) == nodes
    assert Counter(values["edge_type"] for *_, values in graph.edges(data=True)) == edges
    assert {values["standing"] for _, values in found if values["node_label"] in CLAIMS} == {"claim"}
    for start, end, values in graph.edges(data=True):
        kinds = start.partition("/")[0], end.partition("/")[0]
        assert (values["standing"] == "claim") == (kinds[0] in CLAIMS and kinds[1] in ENTITIES)
        if kinds[0] in ENTITIES and kinds[1] in ENTITIES:
            assert values["standing"] == "fact"
    assert any("\ufffd" in why for _, why in losses.changed)


def test_csv_opens_as_text_and_holds_everything(store: Store, tmp_path: Path) -> None:
    folder = file_of(store, "csv", tmp_path)
    nodes, edges = counts(store)
    found: Counter[str] = Counter()
    for path in sorted(folder.iterdir()):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        with path.open(encoding="utf-8", newline="") as file:
            head = next(csv.reader(file))
        assert len(set(head)) == len(head)
        kind, _, name = path.stem.partition("-")
        found[name] += len(rows)
        assert len(rows) == (nodes if kind == "nodes" else edges)[name]
        for row in rows:
            for column, value in row.items():
                assert "\0" not in value
                number = re.fullmatch(r"-\d+(\.\d+)?", value)
                assert number or not value.startswith(("=", "+", "-", "@", "\t", "\r")), (column, value)
    assert found == nodes + edges
    assert {row["what"] for row in json.loads(report_beside(folder).read_text())["changed"]} >= {"Document"}


# --- FollowTheMoney ----------------------------------------------------------------------------------------


def entities(store: Store) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text_of(store, "ftm")[0].splitlines()]


def test_ftm_refers_to_what_is_there_and_links_only_facts(store: Store) -> None:
    found = entities(store)
    ids = {entity["id"] for entity in found}
    assert len(ids) == len(found)
    contents = Contents(store)
    known = {ftm.entity_id(node.ref): f"{node.label}/{node.id}" for node in contents.nodes()}
    facts = fact_pairs(store)
    notes = 0
    for entity in found:
        values = entity["properties"]
        for name in ("subject", "object", "entity", "proof", "document", "resolved", "startLocation",
                     "endLocation", "vehicle", "involved"):
            assert set(values.get(name, ())) <= ids, (entity["schema"], name)
        if entity["schema"] == "UnknownLink":
            assert (known[values["subject"][0]], known[values["object"][0]]) in facts
        if entity["schema"] == "Note":
            notes += 1
            assert ": a claim, not a fact; " in values["summary"][0]
            assert values["proof"]
    assert notes == counts(store)[0]["Allegation"] + counts(store)[0]["ReportedFlight"]
    trips = [entity for entity in found if entity["schema"] == "Trip"]
    ends = {flight.id for flight in contents.nodes() if flight.label == "Flight"}
    assert 0 < len(trips) < len(ends)


def test_ftm_is_valid_for_followthemoney(store: Store) -> None:
    model = pytest.importorskip("followthemoney", reason="make formats").model
    for entity in entities(store):
        schema_ = model.get(entity["schema"])
        assert schema_ is not None and not schema_.abstract
        schema_.validate({"schema": entity["schema"], "id": entity["id"], "properties": entity["properties"]})
        for name, values in entity["properties"].items():
            prop = schema_.properties[name]
            assert prop.validate(values) is None, (entity["schema"], name, values)
        proxy = model.get_proxy(entity)
        assert {name: sorted(proxy.get(name)) for name in entity["properties"]} == {
            name: sorted(values) for name, values in entity["properties"].items()}


def test_an_address_is_no_registration(store: Store) -> None:
    known = {node.id for node in Contents(store).nodes() if node.label == Label.AIRCRAFT}
    addresses = {id_ for id_ in known if is_address(id_)}
    assert addresses and addresses < known
    named = {mark for entity in entities(store) if entity["schema"] == "Airplane"
             for mark in entity["properties"].get("registrationNumber", ())}
    assert named == known - addresses
    made = {one.get("registration") for one in objects(store) if one["type"] == "x-tailgraph-aircraft"}
    assert made == {*(known - addresses), None}


# --- STIX --------------------------------------------------------------------------------------------------


def objects(store: Store) -> list[dict[str, Any]]:
    bundle = json.loads(text_of(store, "stix")[0])
    assert bundle["type"] == "bundle"
    found: list[dict[str, Any]] = bundle["objects"]
    return found


def test_stix_refers_to_what_is_there_and_relates_only_facts(store: Store) -> None:
    found = objects(store)
    ids = {made["id"]: made for made in found}
    assert len(ids) == len(found)
    keys = {made["id"]: made["external_references"][0]["external_id"].replace(":", "/", 1)
            for made in found if made["type"] not in ("report", "relationship", "note", "opinion")
            and "external_references" in made}
    facts = fact_pairs(store)
    for made in found:
        assert {*made.get("object_refs", ()), *filter(None, (made.get("source_ref"), made.get("target_ref")))
                } <= ids.keys()
        assert made["created"] <= made["modified"]
        if made["type"] == "relationship":
            pair = [keys.get(made[name]) for name in ("source_ref", "target_ref")]
            assert None in pair or tuple(pair) in facts
            assert made["relationship_type"].upper().replace("-", "_") not in ("ACCUSES", "SUPPLIED_BY")
        if made["type"] == "note":
            assert ": a claim, not a fact; " in made["abstract"]
    denials = [made for made in found if made["type"] == "opinion"]
    assert {ids[ref]["type"] for made in denials for ref in made["object_refs"]} == {"note"}
    assert {"strongly-disagree"} == {made["opinion"] for made in denials}


def test_stix_is_valid_for_the_official_validator(store: Store) -> None:
    text, _ = text_of(store, "stix")
    result = stix2validator.validate_string(text, stix2validator.ValidationOptions(version="2.1"))
    assert result.is_valid, [str(error) for error in result.errors][:5]
    assert len(stix2.parse(text, allow_custom=True).objects) == len(objects(store))


class Watched(StringIO):
    """Counts now and then how many nodes of the graph are held in memory."""

    most, written = 0, 0

    def write(self, text: str) -> int:
        self.written += 1
        if self.written % 40 == 0:
            self.most = max(self.most, sum(isinstance(one, GraphNode) for one in gc.get_objects()))
        return super().write(text)


@pytest.mark.parametrize("form", ONE_FILE)
def test_no_form_gathers_the_nodes_in_memory(store: Store, form: str) -> None:
    gc.collect()
    out = Watched(newline="")
    losses = export(FORMS[form], Contents(store), out)
    assert losses.nodes.total() > 100 and out.written > 100
    assert out.most <= 30


# --- scope and files ---------------------------------------------------------------------------------------


def test_one_report_with_what_it_names(store: Store) -> None:
    scope = of_documents(store, [ACCUSATION.document.id])
    contents = Contents(store, scope)
    labels = Counter(node.label for node in contents.nodes())
    assert [labels[label] for label in (Label.DOCUMENT, Label.ALLEGATION, Label.PUBLISHER)] == [1, 1, 1]
    names = {node.id for node in contents.nodes()}
    assert {"A124", "224th Flight Unit", "KP", "RU", "UA", "US"} <= names
    assert "RA-76999" not in names
    ends = {ref[1] for edge in contents.edges() for ref in (edge.start, edge.end)}
    assert ends <= names
    for form in ONE_FILE:
        assert text_of(store, form, scope)[1].nodes == Counter(map(str, labels.elements()))


def test_a_file_appears_whole_with_its_report(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "graph.graphml"
    target.write_text("old")
    losses = export(FORMS["graphml"], Contents(store), target)
    assert target.read_text(encoding="utf-8") == text_of(store, "graphml")[0]
    assert json.loads(report_beside(target).read_text()) == losses.as_json("graphml")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["graph.graphml", "graph.graphml.losses.json"]


def test_what_cannot_be_written_leaves_nothing(store: Store, tmp_path: Path,
                                               monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="cannot be written"):
        export(FORMS["ftm"], Contents(store), tmp_path / "missing" / "graph.json")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    with pytest.raises(UsageError, match="not empty"):
        export(FORMS["csv"], Contents(store), tmp_path / "full")
    with monkeypatch.context() as patch:
        patch.setattr(Contents, "edges", lambda self: 1 / 0)
        for form, target in (("graphml", tmp_path / "half"), ("csv", tmp_path / "half")):
            with pytest.raises(ZeroDivisionError):
                export(FORMS[form], Contents(store), target)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["full"]


@pytest.mark.parametrize("form", ["ftm", "stix"])
def test_a_claim_that_repeats_another_says_so(store: Store, form: str) -> None:
    """Whoever counts independent claims in the other program must be able to tell."""
    one, other = sorted(node.id for node in Contents(store).nodes() if node.label is Label.ALLEGATION)[:2]
    repeat = ("MATCH (a:Allegation {id: $one}) MATCH (b:Allegation {id: $other}) "
              "CREATE (a)-[:REPEATS {method: 'same sentence', here: 1.0}]->(b)")
    store.driver.execute_query(repeat, {"one": one, "other": other}, database_=store.database)
    try:
        text, losses = text_of(store, form)
    finally:
        store.driver.execute_query("MATCH (:Claim)-[r:REPEATS]->(:Claim) DELETE r", database_=store.database)
    assert f"repeats claim {other} of an earlier report (same sentence)" in text
    assert [why for (what, why) in losses.changed if what == Type.REPEATS] == ["carried as text"]
    assert [what for (what, _) in losses.lost if str(what).startswith("REPEATS.")] == ["REPEATS.here"]
