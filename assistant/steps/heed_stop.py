"""Between steps 5 and 6: where staff stopped Sam, people get the contacts instead of an answer."""

from dataclasses import replace

from assistant.answers import STOPPED
from assistant.switch import OffSwitch
from assistant.types import Answer, Turn


class HeedStop:
    """Marks the turn; nothing is searched or composed for it but whom to call."""

    name = "heed_stop"

    def __init__(self, switch: OffSwitch) -> None:
        self._switch = switch

    def __call__(self, turn: Turn) -> Turn | Answer:
        stop = self._switch.stopped(turn.gemeente)
        return turn if stop is None else replace(turn, others=(), notes={**turn.notes, STOPPED: stop.scope})
