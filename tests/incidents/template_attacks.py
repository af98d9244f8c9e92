"""Texts that made template engines run something elsewhere; to ours they are text."""

ENGINES = (
    "{{7*7}}",
    "{{ 7*7 }}",
    "{% if 1 %}x{% endif %}",
    "{% load static %}",
    "${7*7}",
    "#{7*7}",
    "<%= 7*7 %>",
    "{{''.__class__}}",
    "{{page.id}}",
    "{{page.__class__}}",
    "{{page|upper}}",
    "{0.__class__}",
    "{page}",
    "%(page)s %s",
    "{{{page}",
    "{{_page}}",
    "{{page\n}}",
    "{{" + "a" * 41 + "}}",
)
