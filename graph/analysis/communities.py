"""Groups of entities that are tied to one another more than to others: Louvain."""

from __future__ import annotations

from collections import Counter

import networkx as nx

from tailgraph.graph.analysis.finding import Analysis, Finding, called
from tailgraph.graph.analysis.network import MOST_EDGES, Network, nodes, read
from tailgraph.graph.analysis.views import VIEWS
from tailgraph.graph.shape import Label
from tailgraph.graph.store import Store
from tailgraph.wording import many

SEED = 0
SHOWN = 8


def communities(store: Store, views: tuple[str, ...], kinds: tuple[Label, ...], *, most: int = 20,
                least: int = 3, resolution: float = 1.0, most_edges: int = MOST_EDGES) -> Analysis:
    """At most `most` groups of at least `least` entities, largest first (Blondel et al. 2008, fixed seed).

    An edge counts as often as something stands behind it. Higher `resolution` gives smaller groups.
    """
    network = read(store, views, kinds, most_edges)
    groups = nx.community.louvain_communities(network.graph, weight="weight", resolution=resolution,
                                              seed=SEED) if network.refs else []
    modularity = nx.community.modularity(network.graph, groups, resolution=resolution) if groups else 0.0
    wanted = sorted((sorted(group) for group in groups if len(group) >= least),
                    key=lambda group: (-len(group), group))[:most]
    found = [_finding(store, network, rank, group) for rank, group in enumerate(wanted, 1)]
    note = (f"{network}. {many(len(groups), 'group')} by Louvain's method (seed {SEED}), modularity "
            f"{modularity:.2f}: near 0 the network has no such groups. Another seed may draw borders "
            "elsewhere.")
    return Analysis(analysis="communities", views={name: VIEWS[name].what for name in views},
                    parameters={"kinds": [str(kind) for kind in kinds], "least": least,
                                "resolution": resolution, "seed": SEED},
                    notes=(note,), findings=tuple(found))


def _finding(store: Store, network: Network, rank: int, group: list[int]) -> Finding:
    inner = network.graph.subgraph(group)
    first = sorted(group, key=lambda n: (-inner.degree(n, weight="weight"), n))
    members = nodes(store, [network.refs[n] for n in first])
    kinds = Counter(node.kind for node in members.values())
    listed = [called(node) for node in members.values()]
    more = f" and {len(listed) - SHOWN} more" if len(listed) > SHOWN else ""
    return Finding(
        rank=rank, score=float(len(group)), members=tuple(members.values()),
        text=f"One of a group of {len(group)}: {'; '.join(listed[:SHOWN])}{more}",
        values={"size": len(group), "kinds": ", ".join(f"{kind}: {n}" for kind, n in sorted(kinds.items())),
                "members": "; ".join(listed[:SHOWN]) + more})
