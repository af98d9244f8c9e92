from factories.incidents import make_template
from fixtures.cast import Belongings
from pingpong.incidents.models import IncidentTemplate

ARGUMENTS = {
    "incident": lambda ours: ours.incident.pk,
    "update": lambda ours: ours.update.pk,
    "incident_template": lambda ours: _template(ours).pk,
}


def _template(ours: Belongings) -> IncidentTemplate:
    page = ours.component.page
    return IncidentTemplate.objects.filter(page=page).first() or make_template(page)
