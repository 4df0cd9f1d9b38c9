"""Calls as plain data: what the network did, and who answered."""
