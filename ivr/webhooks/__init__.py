"""Other programs that a flow asks in the middle of a call: signed JSON over HTTP."""
