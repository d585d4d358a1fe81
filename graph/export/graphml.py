"""GraphML, as networkx, yEd and Gephi read it: nodes, then edges, each with its properties as typed data."""

from __future__ import annotations

from typing import TextIO

from tailgraph.graph.export import attributes, xml
from tailgraph.graph.export.contents import Contents
from tailgraph.graph.export.losses import Losses

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
"""


def write(contents: Contents, out: TextIO, losses: Losses) -> None:
    """Lists become JSON text, days and instants ISO 8601 text."""
    out.write(_HEAD)
    for attribute in (*attributes.NODE_ATTRIBUTES.values(), *attributes.EDGE_ATTRIBUTES.values()):
        out.write(f'<key id="{attribute.id}" for="{attribute.of}" attr.name="{attribute.name}" '
                  f'attr.type="{attribute.type}"/>\n')
    out.write('<graph edgedefault="directed">\n')
    for node in contents.nodes():
        losses.nodes[node.label] += 1
        data = "".join(f'<data key="{one.id}">{xml.content(value, f"{node.label}.{one.name}", losses)}</data>'
                       for one, value in attributes.of_the_node(node))
        out.write(f"<node id={xml.node_id(node.ref)}>{data}</node>\n")
    for number, edge in enumerate(contents.edges()):
        losses.edges[edge.type] += 1
        data = "".join(f'<data key="{one.id}">{xml.content(value, f"{edge.type}.{one.name}", losses)}</data>'
                       for one, value in attributes.of_the_edge(edge))
        out.write(f'<edge id="e{number}" source={xml.node_id(edge.start)} target={xml.node_id(edge.end)}>'
                  f"{data}</edge>\n")
    out.write("</graph>\n</graphml>\n")
