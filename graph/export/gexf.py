"""GEXF 1.3, as Gephi and networkx read it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from tailgraph.graph.export import attributes, xml
from tailgraph.graph.export.attributes import Attribute
from tailgraph.graph.export.contents import Contents
from tailgraph.graph.export.losses import Losses

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" version="1.3">
<graph defaultedgetype="directed" mode="static">
"""
# networkx would take an attribute called "key" for the edge's own.
_TITLES = {"key": "statement_key"}


def write(contents: Contents, out: TextIO, losses: Losses) -> None:
    """A node's label is its name or title; an edge's label its type."""
    out.write(_HEAD)
    for of, declared in (("node", attributes.NODE_ATTRIBUTES), ("edge", attributes.EDGE_ATTRIBUTES)):
        out.write(f'<attributes class="{of}">\n')
        for one in declared.values():
            title = _TITLES.get(one.name, one.name)
            out.write(f'<attribute id="{one.id}" title="{title}" type="{one.type}"/>\n')
        out.write("</attributes>\n")
    out.write("<nodes>\n")
    for node in contents.nodes():
        losses.nodes[node.label] += 1
        called = str(node.properties.get("name") or node.properties.get("title") or node.id)
        values = _values(attributes.of_the_node(node), node.label, losses)
        label = xml.attribute(called, f"{node.label}.name", Losses())
        out.write(f"<node id={xml.node_id(node.ref)} label={label}>{values}</node>\n")
    out.write("</nodes>\n<edges>\n")
    for number, edge in enumerate(contents.edges()):
        losses.edges[edge.type] += 1
        values = _values(attributes.of_the_edge(edge), edge.type, losses)
        out.write(f'<edge id="e{number}" source={xml.node_id(edge.start)} target={xml.node_id(edge.end)} '
                  f'label="{edge.type}">{values}</edge>\n')
    out.write("</edges>\n</graph>\n</gexf>\n")


def _values(found: Iterable[tuple[Attribute, str]], kind: str, losses: Losses) -> str:
    values = "".join(f'<attvalue for="{one.id}" value={xml.attribute(value, f"{kind}.{one.name}", losses)}/>'
                     for one, value in found)
    return f"<attvalues>{values}</attvalues>"
