"""The graph in forms that other programs read, each with a report of what that form cannot hold."""
