"""What agents dial on their telephones."""

from __future__ import annotations

from typing import Final

LOG_IN: Final = "*51"
LOG_OUT: Final = "*52"
PAUSE: Final = "*53"
RESUME: Final = "*54"
AGENT_CODES: Final = (LOG_IN, LOG_OUT, PAUSE, RESUME)
"""No `[[inbound]]` block may take one of these."""
