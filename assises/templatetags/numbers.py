"""How do templates agree words with their number? With ``assises/french/numbers.py``."""

from django import template

from assises.french import numbers

register = template.Library()

register.filter("plural", numbers.plural)
