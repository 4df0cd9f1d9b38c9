"""Why a customer is called or not, in plain words: read from rows, and asked anew of rules and stages."""
