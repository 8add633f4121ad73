"""What does the committee think and decide?"""

from committee.models.candidacy import Candidacy
from committee.models.conflicts import ConflictOfInterest
from committee.models.criterion import Criterion
from committee.models.decision import Decision
from committee.models.member import Member
from committee.models.presentation import Presentation
from committee.models.review import Review, Score
from committee.models.slot import Slot
