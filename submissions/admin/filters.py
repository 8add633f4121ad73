"""By what are answers sorted out in the administration?"""

from django.contrib.admin import SimpleListFilter

from assises.admin.structures import SeatFilter, communes
from assises.french import dates


class StructureSeatFilter(SeatFilter):
    path = "structure__"


class ActionCommuneFilter(SimpleListFilter):
    """Where the action takes place; an action for the whole territory is everywhere."""

    title = "commune de l’action"
    parameter_name = "commune"
    WHOLE = "territoire"

    def lookups(self, request, model_admin):
        return [*communes(request), (self.WHOLE, "Tout le territoire")]

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset
        if self.value() == self.WHOLE:
            return queryset.filter(whole_territory=True)
        return queryset.filter(communes=self.value())


class ConfirmedFilter(SimpleListFilter):
    title = "adresse"
    parameter_name = "adresse"

    def lookups(self, request, model_admin):
        return [
            ("confirmee", "Confirmée"),
            ("non-confirmee", "Non confirmée"),
            ("contestee", "Contestée"),
        ]

    def queryset(self, request, queryset):
        answers = {
            "confirmee": queryset.confirmed(),
            "non-confirmee": queryset.unconfirmed(),
            "contestee": queryset.filter(contested_at__isnull=False),
        }
        return answers.get(self.value(), queryset)


def today(request):
    """Return the instant at which the day of ``request`` began."""
    return dates.start_of(dates.local_day(request.at))


class SentFilter(SimpleListFilter):
    title = "envoi"
    parameter_name = "envoi"

    def lookups(self, request, model_admin):
        return [("jour", "Aujourd’hui")]

    def queryset(self, request, queryset):
        since = {"sent_at__gte": today(request)} if self.value() == "jour" else {}
        return queryset.filter(**since)
