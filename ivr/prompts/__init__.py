"""Wording: prompts become segments of text or recorded clips."""
