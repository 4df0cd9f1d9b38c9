"""Alert rules: when something on an account becomes a reason to call."""
