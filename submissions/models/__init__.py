"""What did the structures answer?"""

from submissions.models.action import Action
from submissions.models.application import Application, new_key, normalise_key
from submissions.models.snapshot import Snapshot

__all__ = ["Action", "Application", "Snapshot", "new_key", "normalise_key"]
