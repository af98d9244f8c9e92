from fixtures.cast import Belongings
from pingpong.dashboard.assets_served import bundle

ARGUMENTS = {
    "slug": lambda ours: _slug(ours),
    "digest": lambda _ours: bundle("app.css").digest,
    "name": lambda _ours: "app.css",
}


def _slug(ours: Belongings) -> str:
    return ours.component.page.slug
