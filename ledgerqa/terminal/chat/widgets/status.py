"""The line at the bottom: which ledger, how many entries, how fresh, what is wrong with it, which models, what runs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from ledgerqa.terminal.chat.moments import moment

if TYPE_CHECKING:
    from ledgerqa.records import IndexInfo


@dataclass(frozen=True)
class Standing:
    """What the line says; `doing` comes first while something runs, `fault` where it failed."""

    ledger: str
    info: IndexInfo | None = None
    models: str = ""
    device: str = ""
    doing: str = ""
    fault: str = ""
    kept: bool = True


def status_line(standing: Standing) -> Content:
    """The most telling first, because narrow terminals cut its end."""
    parts: list[Content] = [Content.styled(standing.ledger, "bold $text")]
    if standing.fault:
        parts.append(Content.styled(standing.fault, "$text-error"))
    if standing.doing:
        parts.append(Content.styled(standing.doing, "$text-warning"))
    info = standing.info
    if info:
        parts.append(Content(f"{info.entries:,} entries"))
        if info.ledger_errors:
            errors = f"{info.ledger_errors:,} {'error' if info.ledger_errors == 1 else 'errors'}"
            asks = Style.from_meta({"@click": "app.ledger_errors"})
            parts.append(Content.styled(errors, "$text-error").stylize(asks))
        parts.append(Content(f"indexed {moment(info.built_at)}"))
    parts += [Content(each) for each in (standing.models, standing.device) if each]
    parts.append(Content("F1 keys"))
    if not standing.kept:
        parts.append(Content("not kept"))
    return Content(" · ").join(parts)


class StatusLine(Static):
    """Shows a `Standing`."""

    def __init__(self, standing: Standing) -> None:
        super().__init__(status_line(standing), id="status")
        self.standing = standing

    def change(self, **changes: Any) -> None:
        """Show something else of it."""
        self.standing = replace(self.standing, **changes)
        self.update(status_line(self.standing))
