"""Speaking with health records: FHIR R4 forms in and out."""

from trellis.fhir.questionnaire import to_questionnaire
from trellis.fhir.read import from_questionnaire
from trellis.fhir.response import from_response, to_response

__all__ = ["from_questionnaire", "from_response", "to_questionnaire", "to_response"]
