"""Which result does the bearer of an answer read, and who has not come to read it?"""

from assises.models import AccessLink
from committee.models import Decision
from committee.publishing import letters, outcomes


def tell_results(answers):
    """Give each of ``answers`` its published ``result`` and what is ``told`` of it, ``None``
    before, in one query."""
    sent = [answer.pk for answer in answers if answer.is_sent]
    decisions = Decision.objects.published().filter(application__in=sent)
    found = {each.application_id: each for each in letters.with_what_is_told(decisions)}
    for answer in answers:
        answer.result = found.get(answer.pk)
        answer.told = answer.result and outcomes.told(answer.result)


def unread(edition):
    """Return the published decisions whose person has opened no link since, by structure."""
    came = AccessLink.objects.filter(used_at__gte=edition.results_published_at)
    decisions = letters.standing(edition).published()
    decisions = decisions.exclude(application__email__in=came.values("email"))
    related = ("application__contact", "application__structure")
    return decisions.select_related(*related).order_by(
        "application__structure_name", "pk"
    )
