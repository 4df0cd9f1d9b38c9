"""Paying: amounts, intents, and the port that a payment provider fills."""
