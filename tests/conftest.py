"""What holds for all tests."""

from __future__ import annotations

import hypothesis

hypothesis.settings.register_profile("patient", deadline=None)
hypothesis.settings.load_profile("patient")  # a busy machine is no failure
