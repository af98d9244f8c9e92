"""Recurrence rules in words of the reader's language, and why a text is none."""

from django.utils.dates import WEEKDAYS as DAY_NAMES
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from pingpong.maintenance.rule_text import Rule, RuleInvalidError, RuleProblem

_PROBLEMS = {
    RuleProblem.UNREADABLE: gettext_lazy(
        "This is no rule. Write parts with “=” and semicolons between: FREQ=WEEKLY;BYDAY=MO,TH"
    ),
    RuleProblem.TOO_LONG: gettext_lazy("This rule is too long."),
    RuleProblem.FREQUENCY: gettext_lazy(
        "Begin with FREQ=DAILY, FREQ=WEEKLY, FREQ=MONTHLY or FREQ=YEARLY."
    ),
    RuleProblem.TWO_ENDS: gettext_lazy("Use COUNT or UNTIL, not both."),
    RuleProblem.NO_DATE: gettext_lazy("There is no date that fits."),
}
_NTH = {
    1: gettext_lazy("Every month on the first %(weekday)s"),
    2: gettext_lazy("Every month on the second %(weekday)s"),
    3: gettext_lazy("Every month on the third %(weekday)s"),
    4: gettext_lazy("Every month on the fourth %(weekday)s"),
    5: gettext_lazy("Every month on the fifth %(weekday)s"),
    -1: gettext_lazy("Every month on the last %(weekday)s"),
}


def problem_in_words(problem: RuleInvalidError) -> str:
    """Say what is wrong with a rule that was typed."""
    if problem.problem == RuleProblem.UNKNOWN_PART:
        return _("A rule for maintenance cannot have %(part)s here.") % {"part": problem.part}
    if problem.problem == RuleProblem.PART_VALUE:
        return _("The value of %(part)s is not one that fits.") % {"part": problem.part}
    return str(_PROBLEMS[problem.problem])


def rule_in_words(rule: Rule) -> str:
    """Say how something repeats; what has no plain words is shown as the rule that it is."""
    if is_weekly(rule):
        names = ", ".join(str(DAY_NAMES[day]) for _ordinal, day in rule.weekdays)
        weeks = rule.interval
        sentence = ngettext("Every week: %(days)s", "Every %(count)d weeks: %(days)s", weeks)
        return sentence % {"days": names, "count": weeks}
    if is_day_of_month(rule):
        if rule.month_days[0] == -1:
            return _("Every month on the last day")
        return _("Every month on day %(day)d") % {"day": rule.month_days[0]}
    if is_nth_weekday(rule):
        ordinal, day = rule.weekdays[0]
        return str(_NTH[ordinal]) % {"weekday": DAY_NAMES[day]}
    return rule.text


def end_in_words(rule: Rule) -> str:
    """Say when a rule ends; empty where it does not."""
    if rule.count is not None:
        sentence = ngettext("%(count)d time in all", "%(count)d times in all", rule.count)
        return sentence % {"count": rule.count}
    if rule.until is not None:
        return _("until %(day)s") % {"day": rule.until.date().isoformat()}
    return ""


def is_weekly(rule: Rule) -> bool:
    """Tell whether the form's fields for weeks say all of a rule."""
    is_plain = not (rule.months or rule.month_days or rule.positions or rule.week_start)
    return rule.frequency == "WEEKLY" and is_plain and bool(rule.weekdays)


def is_day_of_month(rule: Rule) -> bool:
    """Tell whether it is one day of each month."""
    days = rule.month_days
    is_known = len(days) == 1 and (days[0] > 0 or days[0] == -1)
    return _is_each_month(rule) and is_known and not rule.weekdays


def is_nth_weekday(rule: Rule) -> bool:
    """Tell whether it is one weekday of each month, by its number."""
    is_one = len(rule.weekdays) == 1 and rule.weekdays[0][0] in _NTH
    return _is_each_month(rule) and is_one and not rule.month_days


def _is_each_month(rule: Rule) -> bool:
    is_plain = rule.interval == 1 and not (rule.months or rule.positions)
    return rule.frequency == "MONTHLY" and is_plain
