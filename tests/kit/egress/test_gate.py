import pytest

from pingpong.kit.egress import AllowList, Gate, Target, TargetBlockedError, host_target, web_target
from pingpong.kit.egress.own import own_addresses

WEB = web_target("https://status.example/")


def web(where: str) -> Target:
    return web_target(f"http://{where}/")


def gate(allowed: str = "", *own: str) -> Gate:
    return Gate(AllowList.parse(allowed), own=lambda: frozenset(own))


@pytest.mark.parametrize("port", [80, 81, 443, 1024, 3000, 8000, 8080, 8443, 9200, 65535])
def test_port_of_the_web_is_open(port: int) -> None:
    gate().precheck(web(f"status.example:{port}"))


@pytest.mark.parametrize("port", [1, 21, 22, 25, 110, 465, 587, 993, 2375, 5432, 6379, 11211])
def test_port_of_another_service_is_closed_to_web_requests_alone(port: int) -> None:
    with pytest.raises(TargetBlockedError, match=f"^Port {port} is not open to web requests.$"):
        gate().precheck(web(f"status.example:{port}"))
    gate().precheck(host_target(f"status.example:{port}", needs_port=True))


def test_port_that_an_operator_names_with_its_host_is_open() -> None:
    gate("db.internal:6379").precheck(web("db.internal:6379"))
    gate("10.0.0.7:6379").precheck(web("10.0.0.7:6379"))
    with pytest.raises(TargetBlockedError):
        gate("10.0.0.0/8").precheck(web("10.0.0.7:6379"))


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "10.0.0.7", "[::ffff:8.8.8.8]", "0.1.2.3"])
def test_literal_address_is_judged_before_any_lookup(host: str) -> None:
    with pytest.raises(TargetBlockedError, match="leads to an address that is not public"):
        gate().precheck(web(host))
    with pytest.raises(TargetBlockedError):
        gate().precheck(host_target(f"{host}:5432", needs_port=True))
    with pytest.raises(TargetBlockedError):
        gate().precheck(host_target(host, needs_port=False))


@pytest.mark.parametrize("host", ["localhost", "a.localhost", "a.local", "a.internal", "intranet"])
def test_internal_name_is_not_even_looked_up(host: str) -> None:
    with pytest.raises(TargetBlockedError, match="is not a name of a public server"):
        gate().precheck(web(host))


def test_internal_name_is_looked_up_where_an_operator_allows_something() -> None:
    gate("10.0.0.0/8").precheck(web("grafana.internal"))


def test_addresses_that_are_public_pass_in_their_order_and_once() -> None:
    found = ["2003::1", "9.9.9.9", "8.8.8.8", "9.9.9.9"]
    assert gate().vet(WEB, found) == ["2003::1", "9.9.9.9", "8.8.8.8"]


@pytest.mark.parametrize("bad", ["10.0.0.7", "::1", "169.254.169.254", "fe80::1%2", "nonsense"])
def test_one_forbidden_address_refuses_all_and_is_not_told(bad: str) -> None:
    with pytest.raises(TargetBlockedError) as refused:
        gate().vet(WEB, ["9.9.9.9", bad])
    assert str(refused.value) == "status.example leads to an address that is not public."


def test_own_address_is_refused_unless_an_operator_allows_it() -> None:
    with pytest.raises(TargetBlockedError):
        gate("", "9.9.9.9").vet(WEB, ["9.9.9.9"])
    with pytest.raises(TargetBlockedError):
        gate("", "2003::1").vet(WEB, ["2003:0::1"])
    assert gate("status.example", "9.9.9.9").vet(WEB, ["9.9.9.9"]) == ["9.9.9.9"]


def test_metadata_is_refused_whatever_an_operator_allows() -> None:
    wide = gate("0.0.0.0/0,::/0,status.example,status.example:443")
    for bad in ("169.254.169.254", "fd00:ec2::254", "168.63.129.16", "64:ff9b::a9fe:a9fe"):
        with pytest.raises(TargetBlockedError):
            wide.vet(WEB, [bad])
    assert wide.vet(WEB, ["10.0.0.7", "::1"]) == ["10.0.0.7", "::1"]


def test_socket_is_let_to_the_target_s_port_and_an_allowed_address_alone() -> None:
    assert gate().may_connect(WEB, "9.9.9.9", 443)
    assert not gate().may_connect(WEB, "9.9.9.9", 80)
    assert not gate().may_connect(WEB, "10.0.0.7", 443)
    assert gate("status.example:443").may_connect(WEB, "10.0.0.7", 443)
    assert not gate("status.example:444").may_connect(WEB, "10.0.0.7", 443)


def test_own_addresses_are_read_from_the_kernel() -> None:
    assert "127.0.0.1" in own_addresses()
    assert not Gate(AllowList()).may_connect(WEB, "127.0.0.1", 443)
