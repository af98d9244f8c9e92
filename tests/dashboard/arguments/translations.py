from fixtures.cast import Belongings
from pingpong.pages.models import Page


def _thing(ours: Belongings) -> str:
    Page.objects.filter(pk=ours.component.page_id).update(languages=["de"])
    return ours.component.pk


ARGUMENTS = {"kind": lambda _ours: "component", "thing": _thing}
