"""Speaking with health records: FHIR R4 forms in and out."""

from trellis.fhir.questionnaire import to_questionnaire
from trellis.fhir.read import FormRead, from_questionnaire, read_questionnaire
from trellis.fhir.reading import ResponseRead, from_response, read_response
from trellis.fhir.reading import ResponseRead as Reading  # the earlier name, still imported by callers
from trellis.fhir.response import to_response

__all__ = [
    "FormRead",
    "Reading",
    "ResponseRead",
    "from_questionnaire",
    "from_response",
    "read_questionnaire",
    "read_response",
    "to_questionnaire",
    "to_response",
]
