"""What do the marks of several people amount to? Plain numbers, no database.

Every review weighs the same, however many criteria it answers: `/appel/` announces it.
"""

from decimal import ROUND_HALF_UP, Decimal
from statistics import fmean


def weighted_mean(marks):
    """Return the mean of ``marks``, pairs of mark (0 to 3, or ``None``) and weight (> 0).

    « Ne se prononce pas » (``None``) neither helps nor harms: it is left out. Returns
    ``None`` when nothing is left.
    """
    given = [(mark, weight) for mark, weight in marks if mark is not None]
    total = sum(weight for _, weight in given)
    if not total:
        return None
    return sum(mark * weight for mark, weight in given) / total


def mean_of_reviews(means):
    """Return what ranks a proposal, the mean of its reviews, or ``None`` without any."""
    return fmean(means) if means else None


def ranks(means):
    """Return the rank of each key of ``means`` (key → mean or ``None``), best first.

    Equal means share a rank, and the next one skips (1, 2, 2, 4): nobody is set apart
    by the order of the list. Means are compared as they are shown, to two decimals.
    ``None`` has no rank.
    """
    shown = {key: _as_shown(mean) for key, mean in means.items() if mean is not None}
    first = {}
    for place, mean in enumerate(sorted(shown.values(), reverse=True), start=1):
        first.setdefault(mean, place)
    return {key: first[shown[key]] if key in shown else None for key in means}


def _as_shown(mean):
    """Return ``mean`` as pages write it: 2.025 is 2,03, where :func:`round` says 2.02."""
    return Decimal(repr(mean)).quantize(Decimal("0.01"), ROUND_HALF_UP)
