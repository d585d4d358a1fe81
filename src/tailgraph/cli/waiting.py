"""Reports into the graph, or onto disk while Neo4j does not answer."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from typing import TYPE_CHECKING

import click

from tailgraph.cli.opening import opened
from tailgraph.cli.output import cell
from tailgraph.cli.progress import progress
from tailgraph.cli.summaries import print_summary
from tailgraph.errors import ServerError, StoreUnavailable, TailgraphError
from tailgraph.settings import Settings

if TYPE_CHECKING:
    from tailgraph.graph.store import Store
    from tailgraph.ingest.destination import Destination
    from tailgraph.ingest.spool import Spool
    from tailgraph.ingest.summary import Summary


def into_graph_or_disk(settings: Settings, what: str, read: Callable[[Destination], Summary]) -> tuple[
        Summary, TailgraphError | None]:
    """The summary of `read`, and the error that kept it, or part of it, out of the graph."""
    from tailgraph.graph.server.probe import was_refused
    from tailgraph.ingest.destination import Waiting

    with ExitStack() as stack:
        try:
            store = stack.enter_context(opened(settings))
        except (StoreUnavailable, ServerError) as error:
            if isinstance(error, StoreUnavailable) and was_refused(error):
                raise
            click.echo(cell(f"tailgraph: {error}\nReading on: what is read waits on disk until it can go "
                            "in."), err=True)
            return read(Waiting(_spool(settings))), error
        return _into_graph(settings, store, what, read)


def _into_graph(settings: Settings, store: Store, what: str, read: Callable[[Destination], Summary]) -> tuple[
        Summary, TailgraphError | None]:
    """The same once the store has answered: what waits on disk from earlier goes in first."""
    from tailgraph.graph.runs import run
    from tailgraph.ingest.destination import Graph, GraphOrDisk, Waiting
    from tailgraph.ingest.settle import settle

    to: GraphOrDisk | None = None
    try:
        with run(store, what) as node:
            graph = Graph(store, node)
            if _spool(settings).files():
                print_summary(put_waiting(settings, graph), "reports that had been waiting")
            to = GraphOrDisk(graph, Waiting(_spool(settings)))
            summary = read(to)
            if to.lost:
                raise to.lost  # the run stays marked as one that was cut
            settle(store)
    except StoreUnavailable as error:
        if to is None or error is not to.lost:
            raise
    return summary, to.lost


def put_waiting(settings: Settings, graph: Destination) -> Summary:
    from tailgraph.ingest import pipeline

    spool = _spool(settings)
    with progress("waiting reports", len(spool.files())) as step:
        return pipeline.put_waiting(graph, spool, step)


def _spool(settings: Settings) -> Spool:
    from tailgraph.ingest.spool import Spool

    return Spool(settings.home / "spool")
