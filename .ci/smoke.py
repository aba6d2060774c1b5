"""Starts a command in a pseudo-terminal, waits for its interface, presses q, and sees that it leaves cleanly.

python3 smoke.py COLUMNS ROWS COMMAND
"""

import fcntl
import os
import pty
import select
import struct
import sys
import tempfile
import termios
import time

columns, rows, command = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
home = tempfile.mkdtemp()
# State and settings go elsewhere; HOME stays, since cargo may need it.
environment = dict(os.environ, TERM="xterm-256color", LANG="C.UTF-8",
                   XDG_STATE_HOME=home, XDG_DATA_HOME=home, XDG_CONFIG_HOME=home, XDG_CACHE_HOME=home)
environment.pop("NO_COLOR", None)

child, terminal = pty.fork()
if child == 0:
    # The parent sets the size before this goes on.
    time.sleep(0.2)
    os.execvpe("bash", ["bash", "-c", command], environment)
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

seen = b""


def read_until(done, seconds):
    """Collects output until done(seen) holds; False at the end of the output or of the time."""
    global seen
    deadline = time.monotonic() + seconds
    while not done(seen):
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([terminal], [], [], left)[0]:
            return False
        try:
            chunk = os.read(terminal, 65536)
        except OSError:
            return False
        if not chunk:
            return False
        seen += chunk
    return True


def fail(reason):
    sys.exit(f"{reason}; the last output was:\n{seen[-2000:]!r}")


# A build may come first, so the first screen may take long; all else may not.
if not read_until(lambda text: b"\x1b[?1049h" in text and b"help" in text, 900):
    fail("the interface did not come up")
os.write(terminal, b"q")
read_until(lambda text: False, 10)
_, status = os.waitpid(child, 0)
if status != 0:
    fail(f"it ended with wait status {status}")
if b"\x1b[?1049l" not in seen or not seen.rstrip().endswith(b"\x1b[?25h"):
    fail("it did not give the terminal back")
print(f"{columns}x{rows}: came up, left on q, gave the terminal back")
