"""May this attempt be made now? An ordered list of small stages, one per file, each with a named answer."""
