"""Moments as the chat shows them, on the user's clock."""

from __future__ import annotations

import datetime as dt


def moment(when: dt.datetime) -> str:
    """The time of day where it was this day, else day and time."""
    local = when.astimezone()
    today = local.date() == dt.datetime.now().astimezone().date()
    return local.strftime("%H:%M" if today else "%Y-%m-%d %H:%M")
