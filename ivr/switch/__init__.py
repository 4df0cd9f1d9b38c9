"""The embedded Asterisk: install it without root, render its configuration, start, stop and fence it."""
