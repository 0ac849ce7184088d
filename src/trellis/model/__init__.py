"""The clinical content as typed, frozen objects, and the compiled artefact that every reader shares."""

from trellis.model.condition import Condition
from trellis.model.errors import AnswerError, KnowledgeError, Problem, TrellisError
from trellis.model.knowledge import Knowledge
from trellis.model.loader import load

__all__ = ["AnswerError", "Condition", "Knowledge", "KnowledgeError", "Problem", "TrellisError", "load"]
