"""What did the structures answer?"""

from assises.models.keys import normalise_key
from submissions.models.action import Action
from submissions.models.application import Application
from submissions.models.attachment import Attachment
from submissions.models.snapshot import Snapshot
