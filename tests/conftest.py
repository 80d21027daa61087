"""Settings for all tests: no deadlines (machines differ), the same examples on every CI run, a cache of their own."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

from hypothesis import HealthCheck, settings

settings.register_profile("local", deadline=None)
settings.register_profile(
    "ci", deadline=None, derandomize=True, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("ci" if os.environ.get("CI") else "local")

# The catalog's cache of this run, for the tests and the commands that they start; never the user's own.
if "PMCAREER_CACHE" not in os.environ:
    os.environ["PMCAREER_CACHE"] = tempfile.mkdtemp(prefix="pmcareer-tests-")
    atexit.register(shutil.rmtree, os.environ["PMCAREER_CACHE"], ignore_errors=True)
