"""The off switch: staff stop answers at once, for everyone or for one gemeente; every turn of it is logged.

The state is a small file in the data folder that every process reads before it answers, so a stop works at once
in a running server. A state that cannot be read counts as a stop for everyone.
"""

import json
import logging
import os
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock

from assistant.checks.personal_data import mask_personal_data
from assistant.errors import SwitchError

EVERYWHERE = "alle"
_UNREADABLE = "unreadable"
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """That answers are stopped: `scope` is a gemeente slug or "alle"; `since` is an ISO 8601 time in UTC."""

    scope: str
    reason: str
    by: str
    since: str


class OffSwitch:
    """Reads and sets the stops of one data folder. Safe for threads and processes."""

    def __init__(self, data_dir: Path, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._folder = data_dir / "schakelaar"
        self._state = self._folder / "stops.json"
        self.log = self._folder / "logboek.jsonl"
        self._clock = clock
        self._lock = threading.Lock()
        self._seen: tuple[int, int] | None = None
        self._stops: dict[str, Stop] = {}

    def stops(self) -> tuple[Stop, ...]:
        """The stops in force."""
        return tuple(self._current().values())

    def stopped(self, gemeente: str | None) -> Stop | None:
        """The stop that keeps Sam from answering for this gemeente, if any."""
        current = self._current()
        return current.get(EVERYWHERE) or current.get(gemeente or EVERYWHERE)

    def stop(self, scope: str, reason: str, by: str) -> Stop:
        """Stop answers for a gemeente or for "alle".

        Raises:
            SwitchError: no reason was given, or the state cannot be written.
        """
        if not reason.strip():
            raise SwitchError("Geef een reden op. Die komt in het logboek.")
        made = Stop(scope=scope, reason=mask_personal_data(reason.strip())[0], by=by, since=self._now())
        self._change("stop", made, lambda stops: {**stops, scope: made})
        return made

    def resume(self, scope: str, reason: str, by: str) -> Stop:
        """Let Sam answer again for a gemeente or for "alle".

        Raises:
            SwitchError: no reason was given, there was no such stop, or the state cannot be written.
        """
        if not reason.strip():
            raise SwitchError("Geef een reden op. Die komt in het logboek.")
        if scope not in self._current():
            raise SwitchError(f"Er is geen stop voor '{scope}'.")
        ended = Stop(scope=scope, reason=mask_personal_data(reason.strip())[0], by=by, since=self._now())
        self._change("hervat", ended, lambda stops: {key: stop for key, stop in stops.items() if key != scope})
        return ended

    def _now(self) -> str:
        return self._clock().isoformat(timespec="seconds")

    def _change(self, action: str, stop: Stop, change: Callable[[dict[str, Stop]], dict[str, Stop]]) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with FileLock(self._folder / "slot"):
                kept = {key: value for key, value in self._current().items() if value.by != _UNREADABLE}
                stops = change(kept)
                temporary = self._state.with_suffix(f".{os.getpid()}.tmp")
                temporary.write_text(json.dumps([asdict(value) for value in stops.values()]), encoding="utf-8")
                with self.log.open("a", encoding="utf-8") as file:
                    file.write(json.dumps({"actie": action, **asdict(stop)}, ensure_ascii=False) + "\n")
                temporary.replace(self._state)
        except OSError as error:
            raise SwitchError(f"De schakelaar is niet te schrijven: {error}") from error
        logger.warning("off switch: %s %s: %s", action, stop.scope, stop.reason)

    def _current(self) -> dict[str, Stop]:
        """The stops by scope; read again only when the file changed."""
        try:
            status = self._state.stat()
        except FileNotFoundError:
            return {}
        except OSError as error:
            return self._closed(error)
        seen = (status.st_mtime_ns, status.st_size)
        with self._lock:
            if self._seen != seen:
                try:
                    rows = json.loads(self._state.read_text(encoding="utf-8"))
                    self._stops = {row["scope"]: Stop(**row) for row in rows}
                except (OSError, ValueError, TypeError, KeyError) as error:
                    return self._closed(error)
                self._seen = seen
            return self._stops

    def _closed(self, error: Exception) -> dict[str, Stop]:
        """Fails closed: what cannot be read may be a stop."""
        logger.error("off switch unreadable, so nothing is answered: %s", error)
        return {EVERYWHERE: Stop(scope=EVERYWHERE, reason=str(error), by=_UNREADABLE, since=self._now())}
