"""An alert: one matter with one customer."""
