"""Entities on many of the shortest ways between others: betweenness."""

from __future__ import annotations

import networkx as nx

from tailgraph.graph.analysis.finding import Analysis, Finding, called
from tailgraph.graph.analysis.network import MOST_EDGES, nodes, read
from tailgraph.graph.analysis.views import VIEWS
from tailgraph.graph.shape import Label
from tailgraph.graph.store import Store

EXACT = 2_000
"""Up to so many entities every shortest way is counted; beyond, those from a sample."""
SEED = 0


def brokers(store: Store, views: tuple[str, ...], kinds: tuple[Label, ...], *, most: int = 20,
            samples: int = 256, most_edges: int = MOST_EDGES) -> Analysis:
    """At most `most` entities by betweenness: the share of the shortest ways between two others (0 to 1) that
    lead through it (Freeman 1977), over unweighted edges; estimated from `samples` random starts (Brandes
    and Pich 2007), always the same ones, where there are more than EXACT entities.
    """
    network = read(store, views, kinds, most_edges)
    size = network.graph.number_of_nodes()
    sampled = min(samples, size) if size > EXACT else None
    score = nx.betweenness_centrality(network.graph, k=sampled, seed=SEED)
    ranked = sorted((n for n in score if score[n] > 0), key=lambda n: (-score[n], network.refs[n]))[:most]
    named = nodes(store, [network.refs[n] for n in ranked])
    found = []
    for rank, n in enumerate(ranked, 1):
        node = named[network.refs[n]]
        degree = network.graph.degree(n)
        found.append(Finding(
            rank=rank, score=score[n], members=(node,),
            text=f"{called(node)}: on {score[n]:.1%} of the shortest ways between two others",
            values={"kind": node.kind, "id": node.id, "name": node.name, "betweenness": round(score[n], 5),
                    "neighbours": degree}))
    method = (f"Betweenness estimated from {sampled} of {size:,} entities (seed {SEED})." if sampled
              else "Betweenness over all shortest ways.")
    return Analysis(analysis="brokers", views={name: VIEWS[name].what for name in views},
                    parameters={"kinds": [str(kind) for kind in kinds], "samples": sampled, "seed": SEED},
                    notes=(f"{network}. {method}",), findings=tuple(found))
