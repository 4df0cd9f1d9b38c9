"""`ivr demo`: sample customers, people who answer their telephones, and a judge who was not asked by us.

The whole path runs against the simulated telephone network in a data folder of its own. In the end the
people's own log and the payment provider's own books are compared with what the store says.
"""
