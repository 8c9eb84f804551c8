import os
import signal
import tempfile

import pytest

from trtstudio.host.autopsy import diagnosis, last_words


@pytest.mark.skipif(os.name != "posix", reason="about signals")
@pytest.mark.parametrize(
    ("number", "words"),
    [
        (signal.SIGKILL if os.name == "posix" else 9, "was killed"),
        (signal.SIGSEGV, "crashed (Segmentation fault)"),
        (signal.SIGABRT, "crashed (Aborted)"),
    ],
)
def test_a_signal(number, words):
    assert words in diagnosis(-number, "python").message


def test_a_windows_access_violation():
    assert "crashed (status 0xC0000005)" in diagnosis(0xC0000005, "python").message


def test_an_exit_of_its_own():
    died = diagnosis(1, "/venv/bin/python")
    assert "exit status 1" in died.message
    assert "/venv/bin/python" in died.hint


def test_last_words_are_the_last():
    with tempfile.TemporaryFile() as log:
        assert last_words(log) == ""
        for number in range(10_000):
            log.write(f"line {number} \xe9\n".encode("latin-1"))
        lines = last_words(log).splitlines()
    assert lines == [f"line {number} \ufffd" for number in range(9960, 10_000)]
