"""Where customers, accounts and events come from."""
