"""Networks made from the graph: paths, brokers, communities, aircraft that travel together."""
