"""The named reasons of the stages, where more than one file has to know them."""

OPTED_OUT = "opted_out"
"""The customer is not to be called about this on any number."""
CAUSE_GONE = "cause_gone"
NOT_WANTED = "not_wanted"
"""The customer chose not to hear of what the rule alerts about."""

ADDRESS_OPTED_OUT = "address_opted_out"
"""The number is not to be called; the customer may be, elsewhere."""
CONTACT_POINT_UNUSABLE = "contact_point_unusable"
NEVER_DIALLED = "never_dialled"

ADDRESS_REASONS = frozenset({ADDRESS_OPTED_OUT, CONTACT_POINT_UNUSABLE, NEVER_DIALLED})
"""Reasons of a cancelled attempt that lie in the address: the customer's next contact point is tried."""
