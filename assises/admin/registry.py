"""Which models of the event are shown in the administration?"""

from django.contrib import admin
from django.contrib.auth.models import Group

from assises.admin.edition import EditionAdmin, PageAdmin, PartnerAdmin
from assises.admin.journal import EventAdmin
from assises.admin.mails import AccessLinkAdmin, JobAdmin, MailAdmin
from assises.admin.structures import ContactAdmin, StructureAdmin
from assises.admin.team import GroupAdmin, UserAdmin
from assises.admin.vocabulary import CommuneAdmin, TermAdmin
from assises.models import (
    AccessLink,
    Commune,
    Contact,
    Edition,
    Event,
    Job,
    Mail,
    Page,
    Partner,
    Structure,
    Term,
    User,
)

admin.site.register(Edition, EditionAdmin)
admin.site.register(Partner, PartnerAdmin)
admin.site.register(Page, PageAdmin)
admin.site.register(Term, TermAdmin)
admin.site.register(Commune, CommuneAdmin)
admin.site.register(Structure, StructureAdmin)
admin.site.register(Contact, ContactAdmin)
admin.site.register(AccessLink, AccessLinkAdmin)
admin.site.register(Mail, MailAdmin)
admin.site.register(Job, JobAdmin)
admin.site.register(Event, EventAdmin)
admin.site.register(User, UserAdmin)
admin.site.register(Group, GroupAdmin)
