"""Clients that keep no cookies: what one account was told must not go along with another one's requests."""

from http.cookiejar import CookieJar, DefaultCookiePolicy


def no_cookies() -> CookieJar:
    """A jar that stays empty; a client without one would keep, and send back, whatever anybody sets."""
    return CookieJar(DefaultCookiePolicy(allowed_domains=()))
