"""Which addresses may be connected to when somebody else named the host.

`is_global` alone is not enough: it lets multicast, 6to4, NAT64 and 192.0.0.0/24 pass.
"""

import ipaddress
from dataclasses import dataclass

from state.errors import AddressRefused

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

CLOSED = tuple(
    ipaddress.ip_network(net)
    for net in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
        "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
        "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
        # A public number that a cloud answers inside each of its machines.
        "168.63.129.16/32",
        # Inside of what is routed: Teredo and its neighbours, examples, 6to4.
        "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
    )
)  # fmt: skip
ROUTED_V6 = ipaddress.ip_network("2000::/3")
LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"), ipaddress.ip_network("::1/128"))


@dataclass(frozen=True)
class Reach:
    """What may be reached: the public internet, and these networks. Only they may be asked by plain http."""

    also: tuple[Network, ...] = ()

    def allows(self, address: Address) -> bool:
        """Whether a connection may go there."""
        return self.is_own(address) or is_public(address)

    def is_own(self, address: Address) -> bool:
        """Whether it lies in a network that was let in by name."""
        return _within(_unwrapped(address), self.also)


def is_public(address: Address) -> bool:
    """Whether anybody on the internet may be there, and nobody of this machine or its neighbours."""
    address = _unwrapped(address)
    if isinstance(address, ipaddress.IPv6Address) and (address not in ROUTED_V6 or address.scope_id):
        return False
    return address.is_global and not _within(address, CLOSED)


def read_address(text: str) -> Address:
    """An address as a resolver gives it.

    Raises:
        AddressRefused: it is none.
    """
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        raise AddressRefused("The host has an address that cannot be read.") from None


def _unwrapped(address: Address) -> Address:
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address


def _within(address: Address, networks: tuple[Network, ...]) -> bool:
    return any(address.version == net.version and address in net for net in networks)
