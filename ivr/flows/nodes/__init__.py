"""Node types, one per file."""
