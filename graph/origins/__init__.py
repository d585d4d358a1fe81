"""Which reports and claims come from one origin: five rewrites of one wire story count once.

A report that repeats an earlier one has that one's origin, and so has a claim; everything else is an origin
of its own. `origin` of a Document or a Claim is what to count; REPEATS says why. All of it is a function of
the reports that are in the graph, whatever the order in which they came: docs/sources.md has the rules.
"""
