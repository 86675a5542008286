"""Settings of the tests: the product's own, with a home folder that is thrown away.

``TONGCHOU_TEST_DATABASE=postgresql`` runs the same tests on the PostgreSQL server of this machine.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_home = tempfile.mkdtemp(prefix="tongchou-test-")
atexit.register(shutil.rmtree, _home, ignore_errors=True)
os.environ["TONGCHOU_HOME"] = _home
if os.environ.get("TONGCHOU_TEST_DATABASE") == "postgresql":
    os.environ["TONGCHOU_DATABASE_URL"] = os.environ.get(
        "TONGCHOU_TEST_DATABASE_URL", "postgresql://postgres@127.0.0.1:5432/test"
    )

from tongchou.web.settings import *  # noqa: E402, F403

if os.environ.get("TONGCHOU_TEST_DATABASE") == "postgresql":
    # Checkouts side by side must not share one test database.
    DATABASES["default"]["TEST"] = {"NAME": f"test_{Path(__file__).parents[1].name}".replace("-", "_")}  # noqa: F405
    DATABASES["default"]["CONN_MAX_AGE"] = 0  # noqa: F405

# The product's hasher takes its time on purpose; tests sign in hundreds of times.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# What the worker would do later is done at once.
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": []}}
# Tests ask the interface more in a minute than anybody else does in a day.
API_RATES = False
