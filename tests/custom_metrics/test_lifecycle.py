from factories.actors import DONALD
from factories.components import make_component
from factories.metrics import make_custom_metric
from factories.moments import at
from pingpong.components.lifecycle import delete_component
from pingpong.custom_metrics.intake import store_points
from pingpong.custom_metrics.lifecycle import change_custom_metric, delete_custom_metric
from pingpong.custom_metrics.models import CustomMetric, DataPoint
from pingpong.events.models import Event
from pingpong.pages.models import Page


def test_a_new_metric_has_the_contracts_defaults(page: Page) -> None:
    made = CustomMetric.objects.get(pk=make_custom_metric(page, "Errors", now=at(1)).pk)
    assert (
        made.name,
        made.description,
        made.component,
        made.suffix,
        made.rollup,
        made.showcased,
        made.created_at,
    ) == ("Errors", None, None, "", "Mean value", True, at(1))


def test_a_metric_may_have_been_made_before(page: Page) -> None:
    assert make_custom_metric(page, created_at=at(-60), now=at(1)).created_at == at(-60)


def test_metrics_stand_in_the_order_in_which_they_were_made(page: Page) -> None:
    for name in ("b", "a", "c"):
        make_custom_metric(page, name, now=at(0))
    assert [one.name for one in CustomMetric.objects.filter(page=page)] == ["b", "a", "c"]


def test_what_is_not_named_stays(page: Page, errors: CustomMetric) -> None:
    change_custom_metric(errors, {"suffix": "per minute"}, by=DONALD, now=at(1))
    found = CustomMetric.objects.get()
    assert (found.suffix, found.name, found.rollup) == ("per minute", "Errors", "Mean value")


def test_a_deleted_metric_takes_its_points_along(page: Page, errors: CustomMetric) -> None:
    store_points(page.pk, {errors.pk: [(int(at(0).timestamp()), 1)]}, now=at(0))
    delete_custom_metric(errors, by=DONALD, now=at(1))
    assert (CustomMetric.objects.count(), DataPoint.objects.count()) == (0, 0)


def test_a_deleted_component_leaves_the_metric(page: Page) -> None:
    website = make_component(page, now=at(0))
    make_custom_metric(page, component=website, now=at(0))
    delete_component(website, by=DONALD, now=at(1))
    assert CustomMetric.objects.get().component is None


def test_every_verb_leaves_one_event_and_one_new_version(page: Page) -> None:
    version = Page.objects.get(pk=page.pk).version
    metric = make_custom_metric(page, now=at(0))
    change_custom_metric(metric, {"name": "Other"}, by=DONALD, now=at(1))
    delete_custom_metric(metric, by=DONALD, now=at(2))
    events = Event.objects.filter(kind__startswith="custom_metric.").order_by("id")
    assert [(event.kind, event.data) for event in events] == [
        ("custom_metric.created", {"name": "Signups"}),
        (
            "custom_metric.changed",
            {
                "name": "Other",
                "changed": ["name"],
                "differences": {"name": ["Signups", "Other"]},
            },
        ),
        ("custom_metric.deleted", {"name": "Other"}),
    ]
    assert Page.objects.get(pk=page.pk).version == version + 3
