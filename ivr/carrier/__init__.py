"""The simulated telephone network and its people, whom the demo, the tests and rehearsals call.

The network is a second Asterisk, peered with the engine's over SIP. A person is a line of YAML (`person`),
does one thing with a call (`behaviours`), and lives in a `town`, an ARI client of that second Asterisk.
"""
