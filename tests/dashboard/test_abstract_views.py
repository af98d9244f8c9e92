import pytest

from pingpong.dashboard.views.incident_view import ConfirmedView
from pingpong.dashboard.views.maintenance_actions import _RunningView
from pingpong.dashboard.views.maintenance_view import ConfirmedMaintenanceView


@pytest.mark.parametrize("view", [ConfirmedView, ConfirmedMaintenanceView, _RunningView])
def test_view_that_says_not_what_it_does_cannot_be_made(view: type) -> None:
    with pytest.raises(TypeError, match="abstract"):
        view()
