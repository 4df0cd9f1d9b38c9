"""The simulated telephone network and its people: whom the engine calls in the demo, the tests and rehearsals.

The network is a second Asterisk, peered with the engine's over SIP. A person is a line of YAML (`person`), does
one thing with a call (`behaviours`), and lives in a `town`, which is an ARI client of that second Asterisk.
"""
