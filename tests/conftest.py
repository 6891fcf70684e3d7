"""What all tests share."""

import os

from hypothesis import settings

# No deadline: the machine that tests is shared, and a slow example is no wrong one. In CI the same
# examples every time: a failure there belongs to the change, and chance looks on developers' machines.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")
