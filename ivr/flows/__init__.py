"""Call flows: a graph of nodes, and the session that walks it as a pure fold."""
