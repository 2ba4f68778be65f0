"""An answer that is asked for often is made once in a while, and never told when it is too old."""

from __future__ import annotations

import threading
import time

import pytest

from web.http.front import Lately


def test_it_is_made_once_for_all_who_ask_soon() -> None:
    made = iter(range(9))
    lately = Lately(60, 600)
    assert [lately.asked(lambda: next(made)) for _ in range(3)] == [0, 0, 0]
    again = Lately(0, 600)
    assert [again.asked(lambda: next(made)) for _ in range(2)] == [1, 2]


def test_what_fails_is_said_and_tried_again() -> None:
    lately = Lately(60, 600)
    with pytest.raises(ZeroDivisionError):
        lately.asked(lambda: 1 // 0)
    assert lately.asked(lambda: "well") == "well"


@pytest.mark.parametrize(("oldest", "waits"), [(600, False), (0, True)])
def test_the_last_answer_is_told_while_one_is_made_unless_it_is_too_old(oldest: float, waits: bool) -> None:
    lately, go_on = Lately(0, oldest), threading.Event()
    assert lately.asked(lambda: "first") == "first"
    slow = threading.Thread(target=lately.asked, args=(lambda: go_on.wait(30) and "second",))
    slow.start()
    while not lately._lock.locked():
        time.sleep(0.001)
    told: list[str] = []
    other = threading.Thread(target=lambda: told.append(lately.asked(lambda: "third")))
    other.start()
    other.join(0.3)
    assert told == ([] if waits else ["first"])
    go_on.set()
    slow.join()
    other.join()
    assert told == (["third"] if waits else ["first"])
