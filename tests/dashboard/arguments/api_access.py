from fixtures.cast import Belongings
from pingpong.teams.tokens import tokens_of


def _token(ours: Belongings) -> str:
    return tokens_of(ours.component.page_id)[0].pk


ARGUMENTS = {"token": _token}
