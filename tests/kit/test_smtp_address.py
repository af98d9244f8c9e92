import pytest

from pingpong.kit.smtp_address import SmtpAddress, SmtpAddressError, parse_smtp_url


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("smtp://mail.example", SmtpAddress("mail.example", 587, "", "", "starttls")),
        ("smtps://mail.example", SmtpAddress("mail.example", 465, "", "", "on")),
        ("smtp://localhost?tls=off", SmtpAddress("localhost", 25, "", "", "off")),
        (
            "smtp://me%40acme.example:p%2Fw@mail.example:2525?tls=on",
            SmtpAddress("mail.example", 2525, "me@acme.example", "p/w", "on"),
        ),
    ],
)
def test_address_of_a_mail_server_is_read(text: str, expected: SmtpAddress) -> None:
    assert parse_smtp_url(text) == expected


@pytest.mark.parametrize(
    "text", ["mail.example", "http://mail.example", "smtp://", "smtp://h:x", "smtp://h?tls=maybe"]
)
def test_address_that_is_none_is_told_without_its_password(text: str) -> None:
    with pytest.raises(SmtpAddressError) as caught:
        parse_smtp_url(text.replace("//", "//me:secret@"))
    assert "secret" not in str(caught.value)
