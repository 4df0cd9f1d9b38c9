"""The customer's side: who they are, what they owe, how they may be reached."""
