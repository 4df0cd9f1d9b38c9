"""How much processor time a process has used so far."""

from __future__ import annotations

import os
from pathlib import Path

_TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")
_USER, _SYSTEM = 11, 12
"""Places of utime and stime behind the command's name in /proc/PID/stat, see proc(5)."""


def processor_seconds(pid: int) -> float:
    """Return user and system time of all threads of a process, in seconds."""
    behind_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(behind_name[_USER]) + int(behind_name[_SYSTEM])) / _TICKS_A_SECOND
