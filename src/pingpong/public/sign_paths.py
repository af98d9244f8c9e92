"""The signs of states as single paths, in a square of 24: for pictures that stand alone."""

_ROUND = "M0 12a12 12 0 1 0 24 0 12 12 0 1 0-24 0"
_WARNING = "M10.3 1.6a2 2 0 0 1 3.4 0l10 18.2a2 2 0 0 1-1.7 3H2a2 2 0 0 1-1.7-3z"
_SQUARE = "M5 .5h14q4.5 0 4.5 4.5v14q0 4.5-4.5 4.5H5Q.5 23.5.5 19V5Q.5.5 5 .5z"

# Shape and glyph: each state differs in its shape too, so that nothing hangs on colour alone.
SIGN_PATHS = {
    "ok": (_ROUND, "m6.8 12.6 3.5 3.5 7-7.6"),
    "minor": ("M12 0 24 12 12 24 0 12z", "M7.6 13.2c1.4-2.6 3-2.6 4.4-1.2s3 1.4 4.4-1.2"),
    "major": (_WARNING, "M12 8.4v6.2M12 18.6v.2"),
    "down": (_SQUARE, "m7.5 7.5 9 9m0-9-9 9"),
    "work": (_ROUND, "M7 9h10M7 15h10"),
    "none": (_ROUND, "M9.2 9.4a2.9 2.9 0 1 1 4.4 2.6c-1.1.7-1.6 1.1-1.6 2.3M12 17.6v.2"),
}
