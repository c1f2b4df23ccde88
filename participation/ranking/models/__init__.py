from participation.ranking.models.ballots import Ballot, OpenBallot, OpenRemark, PaperEntry, Remark
from participation.ranking.models.results import AreaResult, AuditedParticipation, Quarantine, SampleAudit
from participation.ranking.models.rounds import MovedEnd, Round
from participation.ranking.models.voters import AccessCode, CodeBatch, Participation

__all__ = [
    "AccessCode",
    "AreaResult",
    "AuditedParticipation",
    "Ballot",
    "CodeBatch",
    "MovedEnd",
    "OpenBallot",
    "OpenRemark",
    "PaperEntry",
    "Participation",
    "Quarantine",
    "Remark",
    "Round",
    "SampleAudit",
]
