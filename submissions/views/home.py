"""What does the site say first, at each moment of the year?"""

from django.db.models import Count, Q
from django.shortcuts import render

from assises.french import dates
from assises.models import Commune
from assises.timeline import timeline
from assises.web.public_pages import end_of_journal, public_page
from submissions.inventory import territory_map
from submissions.models import Action


@public_page(end_of_journal())
def home(request):
    edition = request.site.edition
    if edition is None:
        return render(request, "submissions/home.html", {"hero": "none"})
    moment = edition.moment(request.at)
    context = {
        "edition": edition,
        "hero": moment.value,
        "hero_template": f"submissions/home/{moment.value}.html",
        "kinds": edition.open_kinds(request.at),
        "today": dates.local_day(request.at) == edition.held_on,
        "timeline": timeline(edition, request.at),
        "map": _map_of(edition),
    }
    return render(request, "submissions/home.html", context)


def _map_of(edition):
    """Count what was sent over the communes: numbers only, no consent is needed."""
    actions = Action.objects.counted(edition)
    figures = actions.aggregate(
        total=Count("pk"), whole=Count("pk", filter=Q(whole_territory=True))
    )
    communes = Commune.objects.filter(territory=edition.territory_id).in_order()
    return territory_map.build(
        edition.territory, communes, actions.by_commune(), **figures
    )
