"""Figures as people read them."""

from __future__ import annotations

import math


def share(value: float | None) -> str:
    """A share as per cent, or a dash.

    >>> share(0.9861), share(None), share(math.nan)
    ('98.6 %', '–', '–')
    """
    return "–" if value is None or math.isnan(value) else f"{100 * value:.1f} %"


def figure(value: float | None) -> str:
    """A value with four digits that count, or a dash.

    >>> figure(1234.5), figure(0.000123456), figure(None)
    ('1,234', '0.0001235', '–')
    """
    if value is None or not math.isfinite(value):
        return "–"
    return f"{value:,.0f}" if abs(value) >= 1_000 else f"{value:.4g}"


def duration(seconds: float | None) -> str:
    """Seconds as m:ss or h:mm:ss, or a dash.

    >>> duration(5), duration(75), duration(3675), duration(None)
    ('0:05', '1:15', '1:01:15', '–')
    """
    if seconds is None:
        return "–"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def size(number: int) -> str:
    """Bytes as people read them.

    >>> size(512), size(36_864_000), size(2_400_000_000)
    ('512 B', '36.9 MB', '2.4 GB')
    """
    units = ("B", "kB", "MB", "GB", "TB")
    step = min(len(units) - 1, (len(str(max(1, number))) - 1) // 3)
    return f"{number / 1000**step:.3g} {units[step]}"


def table_height(rows: int, most: int) -> int:
    """Room for a table of so many rows and its head, in pixels; more of them scroll.

    >>> table_height(2, 300), table_height(50, 300)
    (108, 300)
    """
    return min(most, 35 * (rows + 1) + 3)
