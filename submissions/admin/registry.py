"""What do the answers add to the administration of the event?"""

from django.contrib import admin

from assises.models import Contact, Mail, Structure
from submissions.admin.application import ApplicationAdmin
from submissions.admin.mails import MailAdmin
from submissions.admin.structures import ContactAdmin, StructureAdmin
from submissions.models import Application

admin.site.unregister(Structure)
admin.site.register(Structure, StructureAdmin)
admin.site.unregister(Contact)
admin.site.register(Contact, ContactAdmin)
admin.site.unregister(Mail)
admin.site.register(Mail, MailAdmin)
admin.site.register(Application, ApplicationAdmin)
