"""What the figures were measured on."""

from __future__ import annotations

import os
import platform
from pathlib import Path


def machine_facts(asterisk: str) -> dict[str, object]:
    """Return what a reader needs to compare figures; the load is that of others, before the benchmark."""
    return {
        "cores": len(os.sched_getaffinity(0)),
        "processor": _processor(),
        "load_before": round(os.getloadavg()[0], 2),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "asterisk": asterisk,
    }


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown"
    )
