"""Settings of the tests: the product's own, with a home folder that is thrown away."""

import atexit
import os
import shutil
import tempfile

_home = tempfile.mkdtemp(prefix="tongchou-test-")
atexit.register(shutil.rmtree, _home, ignore_errors=True)
os.environ["TONGCHOU_HOME"] = _home

from tongchou.web.settings import *  # noqa: E402, F403
