from factories.maintenance import make_maintenance_template
from fixtures.cast import Belongings
from pingpong.maintenance.models import MaintenanceTemplate

ARGUMENTS = {
    "maintenance": lambda ours: ours.maintenance.pk,
    "maintenance_template": lambda ours: _template(ours).pk,
}


def _template(ours: Belongings) -> MaintenanceTemplate:
    page = ours.component.page
    return MaintenanceTemplate.objects.filter(page=page).first() or make_maintenance_template(page)
