"""Whom has the call not reached: which communes, which kinds of actors?"""

from django.contrib import admin, messages
from django.contrib.admin import SimpleListFilter
from django.db.models import Count, Exists, OuterRef, Q, Subquery, TextField, Value
from django.db.models.functions import Concat, Trim
from django.http import Http404
from django.views.decorators.http import require_safe

from assises.admin.screens import admin_screen, show_screen
from assises.french.numbers import plural
from assises.models import Commune, Outreach, Structure
from assises.people.permissions import ORGANISE
from submissions.answering import calling
from submissions.models import Application

ANSWERED = "a répondu"


def with_reach(structures, edition):
    """Annotate ``structures`` with whether they have answered, else how far they were
    called, and who follows them."""
    sent = Application.objects.of(edition).sent().filter(structure=OuterRef("pk"))
    called = Outreach.objects.filter(edition=edition, structure=OuterRef("pk"))
    names = "followed_by__first_name", Value(" "), "followed_by__last_name"
    name = Trim(Concat(*names, output_field=TextField()))
    called = called.annotate(follower=name)
    return structures.annotate(
        answered=Exists(sent),
        reach=Subquery(called.values("state")[:1]),
        follower=Subquery(called.values("follower")[:1]),
    )


def reached(structure):
    """Say how far a structure :func:`with_reach` is."""
    if structure.answered:
        return ANSWERED
    return Outreach.State(structure.reach or Outreach.State.TO_CONTACT).label


class ReachFilter(SimpleListFilter):
    title = "appel"
    parameter_name = "appel"

    def lookups(self, request, model_admin):
        answered = [("oui", "A répondu"), ("non", "N’a pas répondu")]
        return [*answered, *Outreach.State.choices]

    def queryset(self, request, queryset):
        if self.value() == "oui":
            return queryset.filter(answered=True)
        state = {
            None: Q(),
            "non": Q(answered=False),
            Outreach.State.TO_CONTACT: Q(answered=False)
            & (Q(reach=None) | Q(reach=Outreach.State.TO_CONTACT)),
        }
        later = Q(answered=False, reach=self.value())
        return queryset.filter(state.get(self.value(), later))


@admin.action(
    description="Préparer le courriel de l’appel",
    permissions=["organise"],
)
def hold_calls(page, request, structures):
    """Hold one mail per address of those that have not answered."""
    edition = request.site.edition
    if edition is None:
        raise Http404("no edition")
    chosen = Structure.objects.filter(pk__in=structures.order_by().values("pk"))
    held = calling.hold_calls(chosen, edition=edition, by=request.user, at=request.at)
    told = f"{held} courriel{plural(held)} à relire, dans «\u00a0Courriels\u00a0». Rien n’est parti."
    level = messages.SUCCESS if held else messages.WARNING
    if not held:
        told = "Aucun courriel\u00a0: ces structures ont répondu, ne souhaitent pas, ou n’ont pas d’adresse."
    page.message_user(request, told, level)


@admin_screen(ORGANISE)
@require_safe
def unreached(request):
    """List the communes and the kinds of actors from which nothing has come."""
    edition = request.site.edition
    answers = Application.objects.of(edition).sent()
    known = Count("structures", filter=Q(structures__merged_into=None))
    communes = Commune.objects.without_outlines().annotate(known=known)
    seats = answers.filter(structure__seat__isnull=False).values("structure__seat")
    communes = communes.exclude(pk__in=seats)
    heard = set(answers.values_list("structure__kind", flat=True))
    of_kind = Structure.objects.unmerged().values_list("kind").annotate(Count("pk"))
    counts = dict(of_kind.order_by("kind"))
    return show_screen(
        request,
        "admin/submissions/structure/unreached.html",
        title="Qui n’a pas répondu",
        communes=communes.order_by("-population", "pk"),
        kinds=[
            (kind, counts.get(kind.value, 0))
            for kind in Structure.Kind
            if kind.value not in heard
        ],
    )
