"""Payment providers, one adapter per file."""
