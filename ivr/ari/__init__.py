"""Call control over the Asterisk REST Interface.

`requests` and `events` are the words of the protocol as plain values (no socket); `client` carries them.
"""
