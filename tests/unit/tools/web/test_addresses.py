"""Design-facts 6.1: which addresses are on the public internet, and how a URL has to look."""

import ipaddress

import pytest

from state.errors import AddressRefused, HostUnknown
from tools.web.addresses import LOOPBACK, Reach, is_public, read_address
from tools.web.checked import checked_addresses, checked_shape

PRIVATE = (
    "127.0.0.1", "127.255.255.254", "0.0.0.1", "10.0.0.1", "100.64.0.1", "169.254.169.254", "172.16.0.1",
    "172.31.255.255", "192.0.0.1", "192.0.0.192", "192.0.2.7", "192.88.99.1", "192.168.1.1", "198.18.0.1",
    "168.63.129.16", "198.51.100.1", "203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1",
    "255.255.255.255",
    "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1",
    "100::1", "2001::1", "2001:10::1", "2001:20::1", "2001:db8::1", "2002:7f00:1::", "3fff::1",
    "2002:808:808::1", "fc00::1", "fd12:3456::1", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "ff0e::1",
    "5f00::1",
)  # fmt: skip
PUBLIC = ("1.1.1.1", "8.8.8.8", "93.184.215.14", "172.15.0.1", "172.32.0.1", "192.0.1.1", "192.169.0.1",
          "::ffff:8.8.8.8", "2606:4700::1111", "2001:4860:4860::8888", "2a00:1450::1")  # fmt: skip
TOO_KIND = ("64:ff9b::7f00:1", "2002:7f00:1::", "224.0.0.1", "ff0e::1")


@pytest.mark.parametrize("text", PRIVATE)
def test_no_address_of_a_machine_or_its_neighbours_is_public(text: str) -> None:
    assert not is_public(read_address(text))


@pytest.mark.parametrize("text", PUBLIC)
def test_what_the_internet_has_is_public(text: str) -> None:
    assert is_public(read_address(text))


def test_the_standard_library_alone_would_let_some_pass() -> None:
    """The control: why there is a list of our own."""
    assert any(ipaddress.ip_address(text).is_global for text in TOO_KIND)


def test_a_network_that_was_let_in_is_reached_and_nothing_beside_it() -> None:
    reach = Reach(also=(ipaddress.ip_network("10.1.2.0/24"),))
    allowed = [
        reach.allows(read_address(text)) for text in ("10.1.2.3", "::ffff:10.1.2.3", "10.1.3.1", "1.1.1.1")
    ]
    assert allowed == [True, True, False, True]


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("ftp://example.org/", "https://"), ("example.org", "https://"), ("https://", "name a host"),
        ("https://ana@example.org/", "no user name"), ("https://ana:pw@example.org/", "no user name"),
        ("https://:pw@example.org/", "no user name"), ("https://example.org/#x", "behind a #"),
        ("https://example.org:0/", "port"), ("https://exa mple.org/", "plain characters"),
        ("https://example.org/\r\nHost: x", "plain characters"),
        ("https://example.org/\x00", "plain characters"),
        ("https://bücher.example/", "plain characters"), ("https://example.org:99999/", "port"),
        ("https://example.org/" + "a" * 2000, "2000"), ("", "2000"), ("javascript:alert(1)", "https://"),
    ],
)  # fmt: skip
def test_an_address_of_another_shape_is_refused_with_the_field_and_the_fix(url: str, said: str) -> None:
    with pytest.raises(AddressRefused) as refused:
        checked_shape(url)
    assert said in refused.value.message
    assert refused.value.details["fields"][0]["field"] == "url"
    assert refused.value.user_action.startswith("Use an https address")


def resolving(*addresses: str):
    async def resolver(host: str, port: int) -> list[str]:
        return list(addresses)

    return resolver


@pytest.mark.parametrize(
    "found", [("127.0.0.1",), ("1.1.1.1", "10.0.0.1"), ("10.0.0.1", "1.1.1.1"), ("what",)]
)
async def test_one_bad_address_refuses_the_host(found: tuple[str, ...]) -> None:
    with pytest.raises(AddressRefused):
        await checked_addresses(checked_shape("https://example.org/"), Reach(), resolving(*found))


async def test_a_host_with_public_addresses_only_is_let_through() -> None:
    found = await checked_addresses(
        checked_shape("https://example.org/"), Reach(), resolving("1.1.1.1", "2606::1")
    )
    assert [str(one) for one in found] == ["1.1.1.1", "2606::1"]


async def test_plain_http_is_for_networks_that_were_let_in() -> None:
    with pytest.raises(AddressRefused, match="https"):
        await checked_addresses(checked_shape("http://example.org/"), Reach(), resolving("1.1.1.1"))
    own = await checked_addresses(checked_shape("http://me/"), Reach(also=LOOPBACK), resolving("127.0.0.1"))
    assert [str(one) for one in own] == ["127.0.0.1"]


async def test_a_host_without_an_address_is_told() -> None:
    with pytest.raises(HostUnknown, match=r"example\.org"):
        await checked_addresses(checked_shape("https://example.org/"), Reach(), resolving())


@pytest.mark.parametrize("host", ["0x7f000001", "2130706433", "127.1", "017700000001", "localhost", "[::1]"])
async def test_every_spelling_of_loopback_is_refused(host: str) -> None:
    """The machine's own resolver reads them all as 127.0.0.1."""
    with pytest.raises(AddressRefused):
        await checked_addresses(checked_shape(f"https://{host}/"), Reach())
