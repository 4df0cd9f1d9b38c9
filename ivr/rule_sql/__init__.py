"""Conditions as SQL."""
