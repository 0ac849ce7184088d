"""How it is said: one catalogue in English and Spanish, and the words for what decides.

The sentences are in ``catalogue/``, a file or a folder a topic, each with its key: ``plan.now`` is ``now`` in
``catalogue/plan.yaml``. :class:`Say` speaks them; the code that decides *which* is said stays with what it is said of.
"""

from trellis.say.say import Say, in_each

__all__ = ["Say", "in_each"]
