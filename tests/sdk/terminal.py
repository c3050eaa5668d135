"""A program with a terminal of its own, and somebody who answers its questions there."""

import fcntl
import os
import select
import subprocess
import termios
import time

from keyfob_server import PATIENCE


class Ended:
    def __init__(self, status, stdout, stderr, asked):
        self.status, self.stdout, self.stderr, self.asked = status, stdout, stderr, asked


def run(words, environment, answers=(), timeout=PATIENCE):
    """Types one of the answers at each prompt, which is what ends with a colon; at one too many, the end of file."""
    ours, theirs = os.openpty()

    def take_terminal():
        fcntl.ioctl(theirs, termios.TIOCSCTTY, 0)

    process = subprocess.Popen(
        words, env=environment, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True, preexec_fn=take_terminal, pass_fds=[theirs],
    )
    os.close(theirs)
    try:
        asked = _answer(ours, list(answers), time.monotonic() + timeout)
        stdout, stderr = process.communicate(timeout=timeout)
    finally:
        process.kill()
        os.close(ours)
    return Ended(process.returncode, stdout, stderr, asked)


def _answer(terminal, answers, deadline):
    """Until the program closes its terminal. The prompts that it asked with."""
    asked, shown = [], ""
    while select.select([terminal], [], [], max(0, deadline - time.monotonic()))[0]:
        try:
            shown += os.read(terminal, 1000).decode()
        except OSError:  # how Linux tells that nobody holds the other end
            break
        if shown.rstrip(" ").endswith(":"):
            asked.append(shown.strip())
            os.write(terminal, (answers.pop(0) + "\n").encode() if answers else b"\x04")
            shown = ""
    return asked
