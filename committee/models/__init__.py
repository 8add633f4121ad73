"""What does the committee think and decide?"""

from committee.models.criterion import Criterion

__all__ = ["Criterion"]
