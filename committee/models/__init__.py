"""What does the committee think and decide?"""

from committee.models.candidacy import Candidacy
from committee.models.criterion import Criterion
from committee.models.decision import Decision
from committee.models.member import Member
from committee.models.review import Review, Score
from committee.models.ties import Tie

__all__ = ["Candidacy", "Criterion", "Decision", "Member", "Review", "Score", "Tie"]
