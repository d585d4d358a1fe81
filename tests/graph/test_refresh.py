"""A graph that was written with other reference tables ends where one with the present tables would."""

from __future__ import annotations

from functools import cache

import pytest

from tailgraph.graph import describe, refresh
from tailgraph.graph.describe import Description, Statement
from tailgraph.graph.digest import digest
from tailgraph.graph.model import Method
from tailgraph.graph.shape import Label, Type
from tailgraph.graph.store import Store
from tests.graph import acts

PRESENT = describe.describe


@cache
def older(label: Label, id_: str) -> Description:
    """Tables that know less, call things otherwise, and say one thing that they no longer say."""
    now = PRESENT(label, id_)
    if "name" in now.properties and label is not Label.AIRCRAFT:
        return Description({**now.properties, "name": f"Old {id_}"})
    gone = Statement(Type.OPERATED_BY, (Label.OPERATOR, "Forgotten Line"), "old table", Method.REPORTED)
    return Description(now.properties, (gone,))


def test_older_tables_leave_no_trace(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    acts.do(store, acts.EVERYTHING)
    reference = digest(store.driver, store.database)
    acts.wipe(store)
    monkeypatch.setattr(describe, "describe", older)
    acts.do(store, acts.EVERYTHING)
    assert store.read("MATCH (o:Operator {id: 'Forgotten Line'}) RETURN o.name AS name") == [
        {"name": "Old Forgotten Line"}]
    assert digest(store.driver, store.database) != reference
    monkeypatch.undo()
    store.write(lambda transaction: transaction.run("MATCH (m:Meta) SET m.reference = 'older'").consume())
    refresh.refresh(store)
    assert digest(store.driver, store.database) == reference


def test_the_same_tables_are_not_asked_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    acts.do(store, [("report", 0, 0)])
    refresh.refresh(store)
    monkeypatch.setattr(refresh, "add_shared", lambda rows, refs: pytest.fail("asked again"))
    refresh.refresh(store)
    assert len(store.read("MATCH (m:Meta {id: 'schema'}) WHERE m.reference IS NOT NULL RETURN m.id")) == 1
