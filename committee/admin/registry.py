"""What does the committee add to the administration of the event?"""

from django.contrib import admin

from assises.models import Edition, Partner, User
from committee.admin.criterion import CriterionAdmin
from committee.admin.edition import EditionAdmin, PartnerAdmin
from committee.admin.member import MemberAdmin
from committee.admin.team import UserAdmin
from committee.models import Criterion, Member

admin.site.unregister(Edition)
admin.site.register(Edition, EditionAdmin)
admin.site.unregister(Partner)
admin.site.register(Partner, PartnerAdmin)
admin.site.unregister(User)
admin.site.register(User, UserAdmin)
admin.site.register(Criterion, CriterionAdmin)
admin.site.register(Member, MemberAdmin)
