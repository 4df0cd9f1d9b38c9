"""A telephone without a line: plays a flow's session against scripted keys and chosen results."""
