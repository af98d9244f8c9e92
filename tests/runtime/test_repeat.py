import threading
from datetime import timedelta

import pytest

from pingpong.runtime.repeat import do_calmly, every


def test_a_chore_is_done_again_after_it_failed() -> None:
    done = threading.Semaphore(0)
    failed_once = threading.Event()

    def chore() -> None:
        if not failed_once.is_set():
            failed_once.set()
            raise RuntimeError("once")
        done.release()

    def calmly() -> None:
        # The connections of the tests are not this thread's business.
        chore()

    thread = every(timedelta(milliseconds=5), calmly, name="test")
    assert thread.daemon
    assert done.acquire(timeout=5)
    assert done.acquire(timeout=5)


@pytest.mark.django_db
def test_a_failure_goes_no_further() -> None:
    def chore() -> None:
        raise RuntimeError("kept")

    do_calmly(chore, name="test")
