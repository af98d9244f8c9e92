from factories.actors import DONALD
from factories.pictures import png
from fixtures.cast import Belongings
from pingpong.kit.clock import utc_now
from pingpong.pages.branding import put_picture
from pingpong.pages.models import PictureKind


def _picture(ours: Belongings) -> str:
    put_picture(ours.component.page, PictureKind.LOGO, png(200, 40), by=DONALD, now=utc_now())
    return "logo"


ARGUMENTS = {"picture": _picture}
