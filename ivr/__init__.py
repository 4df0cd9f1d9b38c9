"""Answerback: an alert/response engine on Asterisk."""

__version__ = "0.1.0"
