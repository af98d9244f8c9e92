from fixtures.cast import Belongings
from pingpong.dashboard.assets_served import bundle


def _slug(ours: Belongings) -> str:
    return ours.component.page.slug


ARGUMENTS = {
    "slug": _slug,
    "digest": lambda _ours: bundle("app.css").digest,
    "name": lambda _ours: "app.css",
}
