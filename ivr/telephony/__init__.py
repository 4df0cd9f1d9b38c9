"""The telephone as the use cases know it, made of Asterisk: placing calls and talking on them."""
