"""Whose request it is: the cookie that names a person, and our own page's word."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

OWNER = "brickyard_owner"  # the cookie that names a person's projects, runs and data


def owner_of(asked: HTTPConnection) -> str | None:
    """Who asks, or None for a browser that has no cookie of ours yet."""
    return asked.cookies.get(OWNER) or None


def from_own_page(asked: HTTPConnection) -> bool:
    """Whether a page of this server asks, and not one of another site in the same
    browser. Browsers say so in headers that no page can forge.

    Where a page came by plain HTTP from another machine, as in a class, a browser tells
    neither Sec-Fetch-Site nor, when something is only read, the Origin; but it tells
    the page's address, since our own Referrer-Policy asks for that.
    """
    site = asked.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    told = asked.headers.get("origin", asked.headers.get("referer"))
    hosts = [asked.headers.get(name) for name in ("host", "x-forwarded-host")]
    return told is not None and urlsplit(told).netloc in hosts
