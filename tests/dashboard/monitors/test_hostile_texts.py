"""Texts that ran scripts elsewhere, in the names of monitors and custom metrics."""

import pytest

from dashboard.incidents.test_hostile_texts import running_in
from factories.components import make_component
from factories.metrics import make_custom_metric, make_monitor
from fixtures.visitors import Visitor
from kit.html_attacks import ATTACKS
from pingpong.kit.text import clean_line
from pingpong.pages.models import Page

from .conftest import Reach, text_of


@pytest.mark.parametrize("attack", ATTACKS[::12])
def test_an_attack_is_text(desk: Visitor, reach: Reach, acme: Page, attack: str) -> None:
    name = clean_line(clean_line(attack)[:50]) or "x"
    component = make_component(acme, name)
    monitor = make_monitor(
        acme, name, description=name, component=component, options={"keyword": attack}
    )
    metric = make_custom_metric(acme, name, description=name, component=component, suffix=name)
    for address in (
        reach("monitors") + "?" + "q=" + name[:1],
        reach("monitor", monitor=monitor.pk),
        reach("edit_monitor", monitor=monitor.pk),
        reach("custom_metrics"),
        reach("custom_metric", custom_metric=metric.pk),
    ):
        assert running_in(text_of(desk.get(address))) == []
