from ipaddress import IPv4Address, IPv6Address, IPv6Network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pingpong.kit.egress.addresses import embedded, is_metadata, is_public

PUBLIC = (
    *("1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "93.184.216.34", "100.63.255.255"),
    *("100.128.0.0", "126.255.255.255", "128.0.0.0", "168.63.129.15", "168.63.129.17"),
    *("169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.0.1.0", "192.0.3.0"),
    *("192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0", "203.0.112.255"),
    *("203.0.114.0", "223.255.255.255", "2000::1", "2001:200::1", "2001:4860:4860::8888"),
    *("2001:db7:ffff::1", "2001:db9::", "2003::1", "2606:2800:220:1:248:1893:25c8:1946"),
    *("2a00::1", "3ffe:ffff::1", "64:ff9b::808:808"),
)
NOT_PUBLIC = (
    "0.0.0.0",  # noqa: S104 -- an address to refuse
    *("0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.100.100.200"),
    *("100.127.255.255", "127.0.0.1", "127.255.255.255", "168.63.129.16", "169.254.0.1"),
    *("169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.0.192", "192.0.2.1"),
    *("192.31.196.1", "192.52.193.1", "192.88.99.1", "192.168.0.1", "192.168.255.255"),
    *("192.175.48.1", "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1"),
    *("224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255"),
    *("::", "::1", "::127.0.0.1", "::8.8.8.8", "::ffff:127.0.0.1", "::ffff:8.8.8.8"),
    *("::ffff:0:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b::a00:1"),
    *("64:ff9b:1::1", "64:ff9b:1::808:808", "100::1", "100:0:0:1::1", "1fff::1", "2001::1"),
    *("2001:0:7f00:1::", "2001:1::1", "2001:2::1", "2001:3::1", "2001:4:112::1", "2001:10::1"),
    *("2001:20::1", "2001:db8::1", "2002::1", "2002:7f00:1::", "2002:808:808::1", "3fff::1"),
    *("3fff:fff::1", "2620:4f:8000::1", "4000::1", "5f00::1", "fc00::1", "fd00:ec2::254"),
    *("fd12:3456::1", "fe80::1", "fe80::1%2", "fec0::1", "ff02::1", "ff0e::1"),
    *("", "localhost", "127.1", "0x7f000001", "8.8.8.8 ", "08.8.8.8", "2130706433", "[2003::1]"),
    *("2003::1%eth0", "8.8.8.8/32"),
)
METADATA = (
    *("169.254.169.254", "169.254.170.2", "168.63.129.16", "100.100.100.200", "192.0.0.192"),
    *("fd00:ec2::254", "FD00:EC2:0::254", "fe80::a9fe:a9fe", "fe80::a9fe:a9fe%2"),
    *("::ffff:169.254.169.254", "::ffff:a9fe:a9fe", "::169.254.169.254", "::ffff:0:a9fe:a9fe"),
    *("64:ff9b::a9fe:a9fe", "64:ff9b::6464:64c8", "64:ff9b:1::a9fe:a9fe"),
    *("64:ff9b:1:a9fe:a9:fe00::", "2002:a9fe:a9fe::1", "2001:0:a9fe:a9fe::1"),
    *("2001:0:808:808:0:0:5601:5601", "2606:2800::5efe:a9fe:a9fe", "fd00::a9fe:a9fe"),
)


@pytest.mark.parametrize("address", PUBLIC)
def test_address_of_anybody_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_address_of_a_special_purpose_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", METADATA)
def test_address_that_carries_a_cloud_s_metadata_is_seen(address: str) -> None:
    assert is_metadata(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "169.254.169.1", "2606:2800::a9fe:a9fe", "x"])
def test_address_of_something_else_is_no_metadata(address: str) -> None:
    assert not is_metadata(address)


@given(st.ip_addresses(v=4))
def test_ipv4_that_the_standard_library_calls_private_is_not_public(address: IPv4Address) -> None:
    if address.is_private or address.is_multicast or address.is_reserved:
        assert not is_public(str(address))


@given(st.ip_addresses(v=6))
def test_ipv6_outside_global_unicast_is_not_public(address: IPv6Address) -> None:
    is_nat64 = address in IPv6Network("64:ff9b::/96")
    if is_public(str(address)):
        assert is_nat64 or (address in IPv6Network("2000::/3") and address.is_global)


@given(st.ip_addresses(v=4))
def test_ipv4_carried_by_ipv6_is_found_and_never_more_public_than_itself(
    address: IPv4Address,
) -> None:
    number = int(address)
    carriers = [
        number,
        0xFFFF << 32 | number,
        0x64FF9B << 96 | number,
        0x64FF9B0001 << 80 | number,
        0x2002 << 112 | number << 80,
        0x20010000 << 96 | number << 64,
        0x20010000 << 96 | ~number & 0xFFFFFFFF,
        0x2606 << 112 | 0x5EFE << 32 | number,
    ]
    for carrier in carriers:
        assert address in embedded(IPv6Address(carrier))
    for carrier in carriers[:-1]:
        assert is_public(str(address)) or not is_public(str(IPv6Address(carrier)))
