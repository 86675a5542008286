"""The records of the ledger in motion."""

from tongchou.web.duties.models.commitments import Commitment, CommitmentPlace, Duty
from tongchou.web.duties.models.consultations import Consultation, Consulted
from tongchou.web.duties.models.digests import Digest
from tongchou.web.duties.models.evidence import EvidenceEvent
from tongchou.web.duties.models.overlays import Overlay
from tongchou.web.duties.models.plans import Plan, PlanTask
from tongchou.web.duties.models.reports import ProgressReport
from tongchou.web.duties.models.workbooks import ReceivedLedger

__all__ = [
    "Commitment",
    "CommitmentPlace",
    "Consultation",
    "Consulted",
    "Digest",
    "Duty",
    "EvidenceEvent",
    "Overlay",
    "Plan",
    "PlanTask",
    "ProgressReport",
    "ReceivedLedger",
]
