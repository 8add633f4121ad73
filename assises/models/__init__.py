"""What is this event, who are the structures?"""

from assises.models.access import AccessLink, Throttle
from assises.models.contact import Contact
from assises.models.edition import Edition
from assises.models.event import Event
from assises.models.invitation import Guest, Invitation
from assises.models.job import Job
from assises.models.kind import Kind
from assises.models.mail import Mail
from assises.models.outreach import Note, Outreach, Suggestion
from assises.models.page import Page
from assises.models.paper import Paper
from assises.models.partner import Partner
from assises.models.structure import Structure
from assises.models.term import Term
from assises.models.territory import Commune, Territory
from assises.models.user import RoleGroup, User
from assises.models.wording import Wording
