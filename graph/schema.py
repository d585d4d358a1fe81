"""From the declared shape to Cypher: the only module in which a name becomes part of a statement.

Labels, types and property names come from `shape`; values always travel as parameters. What is found in
the world never reaches these functions.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from tailgraph.graph.shape import BANDS, EDGES, MADE_AT, NODES, SHARED, Label, Life, Marker, Type, Value

PREFIX = "tailgraph"


# --- constraints and indexes -------------------------------------------------------------------------------


def definitions() -> tuple[str, ...]:
    """A uniqueness constraint on each label's id, an index on each indexed property of a label or type, and
    on markers' ids."""
    return (*_constraints(), *_indexes())


def _constraints() -> Iterator[str]:
    for label in NODES:
        yield (f"CREATE CONSTRAINT {PREFIX}_{label.lower()}_id IF NOT EXISTS "
               f"FOR (n:{label}) REQUIRE n.id IS UNIQUE")


def _indexes() -> Iterator[str]:
    for marker in Marker:
        yield f"CREATE INDEX {PREFIX}_{marker.lower()}_id IF NOT EXISTS FOR (n:{marker}) ON (n.id)"
    for node in NODES.values():
        for prop in node.properties:
            if prop.indexed:
                yield (f"CREATE INDEX {PREFIX}_{node.label.lower()}_{prop.name} IF NOT EXISTS "
                       f"FOR (n:{node.label}) ON (n.{prop.name})")
    for type_, name in dict.fromkeys((edge.type, prop.name) for edge in EDGES for prop in edge.properties
                                     if prop.indexed):
        yield (f"CREATE INDEX {PREFIX}_{type_.lower()}_{name} IF NOT EXISTS "
               f"FOR ()-[r:{type_}]-() ON (r.{name})")


# --- writing -----------------------------------------------------------------------------------------------


@cache
def merge_nodes(label: Label, *, stamped: bool = True) -> str:
    """`$rows`: [{id, properties}], by id. Each node that is there already is write-locked until the commit.

    Where a label's nodes tell when they came to be here, those made are `stamped` with `$now`.

    Seen on 5.26: where another transaction deletes a node between our finding and our locking it, MERGE makes
    none and says nothing. The count of `merge_edges` shows it.
    """
    made = "".join(f"ON CREATE SET n.{prop.name} = $now " for prop in NODES[label].properties
                   if prop.stamped and stamped)
    marked = f"SET n:{NODES[label].marker} " if NODES[label].marker else ""
    return f"UNWIND $rows AS row MERGE (n:{label} {{id: row.id}}) {made}{marked}SET n += row.properties"


@cache
def merge_edges(type_: Type, start: Label, end: Label, *, keyed: bool) -> str:
    """`$rows`: [{start, end, key, properties}]. Returns `written`, which falls short if an end is missing."""
    key = " {key: row.key}" if keyed else ""
    return (f"UNWIND $rows AS row MATCH (a:{start} {{id: row.start}}) MATCH (b:{end} {{id: row.end}}) "
            f"MERGE (a)-[r:{type_}{key}]->(b) SET r += row.properties RETURN count(*) AS written")


@cache
def create_nodes(label: Label) -> str:
    """`$rows` as those of `merge_nodes`; none of them may be there."""
    return f"UNWIND $rows AS row CREATE (n:{':'.join(NODES[label].labels)}) SET n = row.properties"


@cache
def create_edges(type_: Type, start: Label, end: Label) -> str:
    """`$rows` and `written` as those of `merge_edges`; none of them may be there."""
    return (f"UNWIND $rows AS row MATCH (a:{start} {{id: row.start}}) MATCH (b:{end} {{id: row.end}}) "
            f"CREATE (a)-[r:{type_}]->(b) SET r = row.properties RETURN count(*) AS written")


@cache
def lock(label: Label) -> str:
    """Write-locks the nodes of `$ids` until the commit, changing nothing; skips ids that are not there.

    Seen on 5.26: SET of the same value locks; REMOVE of a property that is not there does not.
    """
    return f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) SET n.id = n.id"


def _support(label: Label) -> str:
    """What a shared node rests on: that another is or was judged to be the same supports nothing."""
    if label is Label.PUBLISHER:
        return f"(n)-[:{Type.PUBLISHED}]->()"
    return f"(n)<-[:!({Type.SAME_AS}|{Type.HELD_SAME_AS})]-()"


@cache
def supported(label: Label) -> str:
    """Those of `$ids` that some node points at (a publisher: that published something)."""
    return (f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) WHERE EXISTS {{ {_support(label)} }} "
            "RETURN n.id AS id")


@cache
def unsupported(label: Label) -> str:
    """Those of `$ids` that no node points at any more (a publisher: that published nothing any more).

    Left out are those that somebody else has made or written on: that have no time at which they came to be
    here, or a relationship or a property which is not declared. They would be lost with the node.
    """
    declared = ", ".join(f"'{prop.name}'" for prop in NODES[label].properties)
    types = "|".join(sorted({edge.type for edge in EDGES}))
    return (f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) WHERE NOT EXISTS {{ {_support(label)} }} "
            f"AND n.{MADE_AT.name} IS NOT NULL "
            f"AND NOT EXISTS {{ (n)-[:!({types})]-() }} AND all(key IN keys(n) WHERE key IN [{declared}]) "
            "RETURN n.id AS id")


@cache
def pointed_at(label: Label) -> str:
    """What the nodes of `$ids` point at: labels and id of each."""
    return (f"UNWIND $ids AS id MATCH (:{label} {{id: id}})-->(m) "
            "RETURN DISTINCT labels(m) AS labels, m.id AS id")


@cache
def delete_nodes(label: Label) -> str:
    """Deletes the nodes of `$ids` with all their relationships."""
    return f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) DETACH DELETE n"


@cache
def delete_statements(label: Label) -> str:
    """Deletes what our tables and rules (not tracks, nor a user's tables) say of the nodes of `$ids`."""
    return f"{_statements(label)} DELETE r"


@cache
def said_of(label: Label) -> str:
    """What those statements point at: labels and id of each."""
    return f"{_statements(label)} RETURN DISTINCT labels(m) AS labels, m.id AS id"


def _statements(label: Label) -> str:
    types = "|".join(sorted({edge.type for edge in EDGES
                             if any(prop.name == "source" for prop in edge.properties)}))
    return (f"UNWIND $ids AS id MATCH (:{label} {{id: id}})-[r:{types}]->(m) "
            "WHERE r.source IS NOT NULL AND r.address IS NULL AND r.table IS NULL")


# --- origins -----------------------------------------------------------------------------------------------


@cache
def sharing_bands() -> str:
    """Other texts that share a band with one of the texts `$words`: `words`, `other`, `common` (how many)."""
    union = " UNION ALL ".join(
        f"MATCH (s:{Label.DOCUMENT} {{{prop.name}: d.{prop.name}}}) RETURN s.words AS other, {number} AS band"
        for number, prop in enumerate(BANDS))
    return (f"UNWIND $words AS words MATCH (d:{Label.DOCUMENT} {{words: words}}) "
            f"WITH words, head(collect(d)) AS d CALL (d) {{ {union} }} "
            "WITH words, other, count(DISTINCT band) AS common WHERE other <> words "
            "RETURN words, other, common")


@cache
def unsettle_like() -> str:
    """Mark those documents whose origin may be another one once `$id` is gone."""
    union = " UNION ".join(f"MATCH (s:{Label.DOCUMENT} {{{prop.name}: d.{prop.name}}}) RETURN s"
                           for prop in BANDS)
    return (f"MATCH (d:{Label.DOCUMENT} {{id: $id}}) CALL (d) {{ {union} "
            f"UNION MATCH (s:{Label.DOCUMENT})-[:{Type.REPEATS}]->(d) RETURN s "
            f"UNION MATCH (d)-[:HAS_CLAIM]->()<-[:{Type.REPEATS}]-()<-[:HAS_CLAIM]-(s) RETURN s }} "
            "SET s.unsettled = randomUUID()")


@cache
def hold(label: Label) -> str:
    """Locks the keys `$ids` until the commit: columns `id`, `there`, and `made`: when it came to be here.
    Those not there are made, bare but for the mark `held`."""
    return (f"UNWIND $ids AS id MERGE (n:{label} {{id: id}}) ON CREATE SET n.held = true SET n.id = n.id "
            f"RETURN n.id AS id, n.held IS NULL AS there, n.{MADE_AT.name} AS made")


@cache
def stamp(label: Label) -> str:
    """Says of all nodes of a label that are there without a time that they came to be here `$at`."""
    return (f"MATCH (n:{label}) WHERE n.{MADE_AT.name} IS NULL "
            f"CALL (n) {{ SET n.{MADE_AT.name} = $at }} IN TRANSACTIONS OF 10000 ROWS")


@cache
def edges_from(type_: Type, start: Label) -> str:
    """The relationships of a type that start at `$ids`: columns `start`, `end`, and `key` ("": none)."""
    return (f"UNWIND $ids AS id MATCH (:{start} {{id: id}})-[r:{type_}]->(m) "
            "RETURN id AS start, m.id AS end, coalesce(r.key, '') AS key")


@cache
def delete_edges(type_: Type, start: Label, end: Label) -> str:
    """Deletes the relationships of a type between the nodes of `$rows`: [{start, end, key}] ("": none)."""
    return (f"UNWIND $rows AS row MATCH (:{start} {{id: row.start}})-[r:{type_}]->(:{end} {{id: row.end}}) "
            "WHERE coalesce(r.key, '') = row.key DELETE r")


# --- reading all of it -------------------------------------------------------------------------------------


@cache
def ids(label: Label) -> str:
    """The ids of all nodes of a label."""
    return f"MATCH (n:{label}) RETURN n.id AS id"


@cache
def ids_of(label: Label) -> str:
    """Those of `$ids` that are there, as `id`."""
    return f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) RETURN n.id AS id"


def every_node() -> Iterator[tuple[Label, str]]:
    """A statement for each label that counts for the digest: columns `labels` and `properties`."""
    for node in NODES.values():
        if node.life is not Life.RECORD:
            yield node.label, (f"MATCH (n:{node.label}) "
                               "RETURN labels(n) AS labels, properties(n) AS properties")


def every_edge() -> Iterator[tuple[Type, str]]:
    """A statement for each type that counts: start's and end's labels and id, and `properties`."""
    kept = {edge.type for edge in EDGES if not edge.recorded
            and all(NODES[end].life is not Life.RECORD for end in (*edge.starts, *edge.ends))}
    for type_ in sorted(kept):
        yield type_, (f"MATCH (a)-[r:{type_}]->(b) RETURN labels(a) AS start_labels, a.id AS start, "
                      "labels(b) AS end_labels, b.id AS end, properties(r) AS properties")


def count_nodes() -> Iterator[tuple[Label, str]]:
    """A statement for each label that counts for the digest: column `count`."""
    for node in NODES.values():
        if node.life is not Life.RECORD:
            yield node.label, f"MATCH (n:{node.label}) RETURN count(n) AS count"


def count_edges() -> Iterator[tuple[Type, str]]:
    """A statement for each type that counts: column `count`."""
    for type_, _ in every_edge():
        yield type_, f"MATCH ()-[r:{type_}]->() RETURN count(r) AS count"


@cache
def page(label: Label) -> str:
    """The next `$most` nodes of a label after the id `$after`, by id: columns `id` and `properties`.

    Of packed bytes only whether they are there.
    """
    return f"MATCH (n:{label}) WHERE n.id > $after {_page(label)} LIMIT $most"


@cache
def nodes_of(label: Label) -> str:
    """Those of `$ids` that are there, by id: columns as those of `page`."""
    return f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) {_page(label)}"


def _page(label: Label) -> str:
    packed = "".join(f", {prop.name}: n.{prop.name} IS NOT NULL" for prop in NODES[label].properties
                     if prop.value is Value.BYTES)
    return f"RETURN n.id AS id, n {{.*{packed}}} AS properties ORDER BY n.id"


@cache
def leading_from(label: Label) -> str:
    """What starts at the nodes of `$ids`: columns `start`, `type`, `end_labels`, `end`, `properties`."""
    return (f"UNWIND $ids AS id MATCH (a:{label} {{id: id}})-[r]->(b) RETURN a.id AS start, type(r) AS type, "
            "labels(b) AS end_labels, b.id AS end, properties(r) AS properties")


@cache
def count(label: Label) -> str:
    """How many nodes of a label there are: column `count`."""
    return f"MATCH (n:{label}) RETURN count(n) AS count"


def primary(labels: list[str]) -> Label | None:
    """The label of ours that says what a node is; None for nodes that are not ours."""
    return next((Label(label) for label in sorted(labels) if label in NODES), None)


def shared_of(labels: list[str]) -> Label | None:
    """The label by which a shared node is locked and cleaned up; None for nodes that are not shared."""
    label = primary(labels)
    return label if label in SHARED else None


# --- looking up --------------------------------------------------------------------------------------------


@cache
def with_ids(labels: tuple[Label, ...]) -> str:
    """The nodes of these labels whose id is one of `$ids`: columns `label`, `id`, `name`."""
    return " UNION ALL ".join(
        f"MATCH (n:{label}) WHERE n.id IN $ids {_named(label)}" for label in labels)


@cache
def with_prefix(labels: tuple[Label, ...]) -> str:
    """At most `$most` nodes of each label whose id begins with `$prefix`: columns `label`, `id`, `name`."""
    return " UNION ALL ".join(
        f"MATCH (n:{label}) WHERE n.id STARTS WITH $prefix {_named(label)} ORDER BY id LIMIT $most"
        for label in labels)


@cache
def with_names(labels: tuple[Label, ...]) -> str:
    """The nodes of these labels that are called `$name`: columns `label`, `id`, `name`."""
    return " UNION ALL ".join(f"MATCH (n:{label}) WHERE n.name = $name {_named(label)}" for label in labels)


def _named(label: Label) -> str:
    return f"RETURN '{label}' AS label, n.id AS id, coalesce(n.name, n.title) AS name"


@cache
def properties(label: Label) -> str:
    """All `properties` of the node `$id`."""
    return f"MATCH (n:{label} {{id: $id}}) RETURN properties(n) AS properties"


@cache
def between(start: Label, end: Label) -> str:
    """The relationships from `$start` to `$end`: columns `type` and `properties`."""
    return (f"MATCH (a:{start} {{id: $start}})-[r]->(b:{end} {{id: $end}}) "
            "RETURN type(r) AS type, properties(r) AS properties ORDER BY type, r.key, elementId(r)")


@cache
def neighbours(label: Label) -> str:
    """What `$id` is connected with: `type`, `is_incoming`, `kind`, `count`, and the first `$most` `ids`."""
    return (f"MATCH (n:{label} {{id: $id}})-[r]-(m) "
            "WITH type(r) AS type, endNode(r) = n AS is_incoming, "
            "head([l IN labels(m) WHERE NOT l IN ['Entity', 'Claim']]) AS kind, m.id AS id "
            "ORDER BY id "
            "WITH type, is_incoming, kind, collect(id) AS ids "
            "RETURN type, is_incoming, kind, size(ids) AS count, ids[..$most] AS ids "
            "ORDER BY is_incoming, type, kind")
