#!/usr/bin/env python3
"""Start here: prepares the course on this computer, then runs it.

    python3 course.py start     build everything, mark the sample cohort, open the course
    python3 course.py test      run every test this computer can run
    python3 course.py <name>    any other engagekit command, for example: check
    python3 course.py --help    this text, and every command once the course is installed

The first run makes a folder .venv beside this file and installs the course into it. It takes a minute
or a few, and about 0.6 GB. Python 3.11 or later is all that has to be there before.
"""

# Standard library only, and written so that even Python 2.7 can read the whole file: an old Python must get a
# sentence that says so, not a syntax error. Hence no annotations, f-strings, `raise ... from` or [*lists].
# ruff: noqa: B904, RUF005
from __future__ import print_function

import errno
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time

NEEDED = (3, 11)
ROOT = os.path.dirname(os.path.abspath(__file__))
COURSE_FILES = ("requirements.txt", "constraints.txt", "pyproject.toml")
TEST_FILE = "requirements-dev.txt"
ROOM_NEEDED_MB = 900
QUIET_SECONDS = 15
AGAIN = "Then run the same command again."

OLD_PYTHON = (
    "The course needs Python %d.%d or later, and this is Python %d.%d. Install a newer one (from "
    "python.org or your software centre) and name it at the start, for example: python3.11 course.py start"
)
# What a person needs to hear for each trouble, and the words by which an installer's output gives it away.
# Where several fit, the first one wins.
TROUBLES = {
    "disk": "The disk is full. Free about 1 GB where the course folder is. ",
    "secure": "The secure connection to the package index was refused: something on the way replaces its "
    "certificate. Ask your IT team for their certificate file; set SSL_CERT_FILE and PIP_CERT to its path. ",
    "network": "The packages could not be downloaded: there is no connection to the package index. Check the "
    "network. Behind a proxy, set HTTPS_PROXY; for an index of your own, set PIP_INDEX_URL. ",
    "long": "The course folder's path is too long for this system. Move it nearer to the top of the disk. ",
    "write": "A file could not be written. Move the course to a folder that you own. ",
    "ensurepip": "This Python cannot make virtual environments: its ensurepip module is missing. On Debian "
    "and Ubuntu, run: sudo apt install python3-venv. Elsewhere, install Python from python.org. ",
    "unknown": "The installer failed. The lines above and the log say why. Put that right. ",
}
SIGNS = (
    ("disk", "no space left|not enough space|disk quota exceeded|(os error 28)|(os error 112)"),
    ("secure", "certificate verify failed|certificate_verify_failed|invalid peer certificate|unknownissuer"),
    ("network", "dns error|failed to lookup address|name resolution|getaddrinfo failed|connection refused"),
    ("network", "failed to fetch|error sending request|could not connect|network is unreachable|timed out"),
    ("network", "max retries exceeded|newconnectionerror|no route to host|connection reset|proxyerror"),
    ("long", "filename or extension is too long|path too long|file name too long|(os error 206)"),
    ("write", "permission denied|read-only file system|access is denied"),
    ("ensurepip", "no module named ensurepip|no module named 'ensurepip'|no module named venv"),
)


class Trouble(Exception):
    """Something that the person at the keyboard can put right; its text says what, and how."""


def diagnose(output):
    """Return the name of the trouble that an installer's output tells of."""
    low = output.lower()
    for name, signs in SIGNS:
        if any(sign in low for sign in signs.split("|")):
            return name
    return "unknown"


def trouble(name):
    """Return the error to raise for a named trouble."""
    return Trouble(TROUBLES[name] + AGAIN)


def say(text=""):
    """Print at once, also into a file, and on consoles that lack some letters."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    print(text.encode(encoding, "replace").decode(encoding))
    sys.stdout.flush()


def checksum(path):
    """Return the SHA-256 of one of the course's files, the same for both kinds of line ending."""
    if not os.path.exists(path):
        raise Trouble("%s is missing: the course folder is incomplete. Copy or clone it again." % path)
    with open(path, "rb") as handle:
        return hashlib.sha256(handle.read().replace(b"\r\n", b"\n")).hexdigest()


class Venv(object):
    """The folder .venv: where its programs are, and the stamp that says whether it is complete.

    The stamp says "installing" from before the first package until the very end, when it becomes "ready". So
    an install that was cut off (Ctrl-C, a full disk, a power cut) is always recognised.
    """

    def __init__(self, root, windows=os.name == "nt"):
        self.root = root
        self.folder = os.path.join(root, ".venv")
        self.bin = os.path.join(self.folder, "Scripts" if windows else "bin")
        self.python = os.path.join(self.bin, "python.exe" if windows else "python")
        self.bootstrap = os.path.join(self.folder, "bootstrap")
        self.log = os.path.join(self.folder, "install.log")
        self.lock = os.path.join(self.folder, "install.lock")
        self.stamp = os.path.join(self.folder, "install.json")

    def recorded(self):
        """Return what the last install recorded; empty when there was none or the record is damaged."""
        try:
            with open(self.stamp) as handle:
                record = json.load(handle)
        except (OSError, ValueError):
            return {}
        return record if isinstance(record, dict) else {}

    def record(self, what):
        """Write the stamp in one step, so that there is never half a stamp."""
        with open(self.stamp + ".new", "w") as handle:
            json.dump(what, handle, sort_keys=True)
            handle.flush()
            os.fsync(handle.fileno())
        os.replace(self.stamp + ".new", self.stamp)

    def wanted(self, tests):
        """Return the record of a complete, current install; with or without what the tests need."""
        course = [checksum(os.path.join(self.root, name)) for name in COURSE_FILES]
        extra = checksum(os.path.join(self.root, TEST_FILE)) if tests else None
        return {"state": "ready", "folder": os.path.realpath(self.folder), "course": course, "tests": extra}

    def ready(self, tests):
        """Say whether there is nothing to install."""
        have, want = self.recorded(), self.wanted(tests)
        keys = [key for key in want if tests or key != "tests"]
        return os.path.exists(self.python) and all(have.get(key) == want[key] for key in keys)

    def works(self):
        """Say whether the environment's Python starts and is new enough."""
        question = "import sys; sys.exit(sys.version_info < %r)" % (NEEDED,)
        return os.path.exists(self.python) and quiet_call([self.python, "-c", question]) == 0

    def empty(self):
        """Delete what a broken install left, but neither the lock that is held nor the log."""
        for path in [os.path.join(self.folder, name) for name in os.listdir(self.folder)]:
            if path in (self.log, self.lock):
                continue
            if os.path.isdir(path) and not os.path.islink(path):
                shutil.rmtree(path)
            else:
                os.remove(path)


def quiet_call(command):
    """Run a program without showing what it prints; return its exit status."""
    return subprocess.call(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def hold(path):
    """Lock a file for this process, so that two starts at once do not install over each other.

    The system lets go of the lock when the process ends, however it ends.
    """
    handle = open(path, "w")
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        handle.close()
        raise Trouble(
            "Another window is installing the course at this moment. Wait until it is done. " + AGAIN
        )
    return handle


def show_life(done, heard):
    """Say now and then that the installer is still at work, as long as it prints nothing itself."""
    began = time.time()
    while not done.wait(1):
        if time.time() - heard[0] > QUIET_SECONDS:
            heard[0] = time.time()
            say("      ... still working (%d s)" % (time.time() - began))


def run(command, log):
    """Run an installer, showing and logging what it prints; return its exit status and its output."""
    output, heard, done = [], [time.time()], threading.Event()
    # uv then trusts what the computer trusts, as pip does: workplaces often add a certificate of their own.
    env = dict({"UV_SYSTEM_CERTS": "1", "UV_NATIVE_TLS": "1"}, **os.environ)
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    process = subprocess.Popen(command, env=env, **pipes)
    threading.Thread(target=show_life, args=(done, heard), daemon=True).start()
    try:
        with open(log, "ab") as handle:
            handle.write(
                ("\n%s $ %s\n" % (time.strftime("%Y-%m-%d %H:%M:%S"), " ".join(command))).encode("utf-8")
            )
            for line in process.stdout:
                handle.write(line)
                handle.flush()
                heard[0] = time.time()
                output.append(line.decode("utf-8", "replace").strip())
                if output[-1] and not output[-1].startswith("+ "):  # uv's list of all it installed: log only
                    say("      " + output[-1][:100])
        status = process.wait()
    finally:
        done.set()
        if process.poll() is None:
            process.terminate()
            process.wait()
        process.stdout.close()
    if status in (130, -signal.SIGINT):
        raise KeyboardInterrupt
    return status, "\n".join(output)


def need_pip(venv):
    """Put pip into the environment when it is not there yet, and return how to call it."""
    if quiet_call([venv.python, "-c", "import pip"]):
        status, output = run([venv.python, "-m", "ensurepip", "--default-pip"], venv.log)
        if status:
            raise trouble(diagnose(output))
    return [venv.python, "-m", "pip", "install", "--disable-pip-version-check", "--progress-bar", "off"]


def find_uv(venv):
    """Return the path of uv, the fast installer (from PATH, an earlier run, or fetched now), or None."""
    ours = os.pathsep.join(os.path.join(venv.bootstrap, name) for name in ("bin", "Scripts"))
    found = shutil.which("uv") or shutil.which("uv", path=ours)
    if found:
        return found
    say("      fetching uv, a faster installer")
    pins = ["-c", os.path.join(venv.root, "constraints.txt")]
    status, output = run(need_pip(venv) + ["-q", "--target", venv.bootstrap, "uv"] + pins, venv.log)
    if status and diagnose(output) in ("disk", "network", "secure"):
        raise trouble(diagnose(output))
    return shutil.which("uv", path=ours)


def installers(venv):
    """Yield the ways to install, best first; ENGAGEKIT_INSTALLER set to uv or pip allows only that one."""
    only = os.environ.get("ENGAGEKIT_INSTALLER", "")
    uv = find_uv(venv) if only != "pip" else None
    if uv:
        yield "uv", [uv, "pip", "install", "--python", venv.python]
    if only != "uv":
        yield "pip", need_pip(venv)


def install(venv, tests):
    """Install the requirements and engagekit itself, with the second installer if the first one fails.

    pip may manage where uv does not, since only pip reads the pip.conf that some workplaces set up.
    """
    asked = [("-r", "requirements.txt"), ("-c", "constraints.txt")] + ([("-r", TEST_FILE)] if tests else [])
    packages = [word for option, name in asked for word in (option, os.path.join(venv.root, name))]
    why = "unknown"
    for name, command in installers(venv):
        say("[2/3] Installing the packages with " + name)
        status, output = run(command + packages, venv.log)
        if status == 0:
            say("[3/3] Installing the course itself")
            status, output = run(command + ["--no-deps", "-e", venv.root], venv.log)
        if status == 0:
            return
        why = diagnose(output)
        if why in ("disk", "long", "write"):
            break
        say("      %s did not manage." % name)
    raise trouble(why)


def explain(venv, tests):
    """Say why something has to be installed, clearing away an install of ours that is broken."""
    have, want = venv.recorded(), venv.wanted(tests)
    if not have and not venv.works() and os.path.exists(os.path.join(venv.folder, "pyvenv.cfg")):
        raise Trouble("%s does not work, and course.py did not make it. Delete it. %s" % (venv.folder, AGAIN))
    if not have:
        say("Preparing the course for its first run. This takes a few minutes, and only once.")
    elif have.get("state") != "ready" or have.get("folder") != want["folder"] or not venv.works():
        say("The last install was cut off, or its folder was moved: starting afresh.")
        venv.empty()
    elif have.get("course") != want["course"]:
        say("The course's requirements have changed: bringing .venv up to date.")
    else:
        say("Adding what the tests need.")
    say("  folder: %s\n  log:    %s" % (venv.folder, venv.log))
    free = shutil.disk_usage(venv.root).free // 10**6
    if free < ROOM_NEEDED_MB:
        say(
            "  Only %d MB are free here; up to %d MB may be needed. Trying all the same."
            % (free, ROOM_NEEDED_MB)
        )


def prepare(venv, tests):
    """Make .venv complete and current, with or without what the tests need; no work when it is so already."""
    if venv.ready(tests):
        return
    if not os.access(venv.root, os.W_OK):
        raise Trouble("%s cannot be written to. %s%s" % (venv.root, TROUBLES["write"], AGAIN))
    began = time.time()
    os.makedirs(venv.folder, exist_ok=True)
    held = hold(venv.lock)
    try:
        explain(venv, tests)
        venv.record({"state": "installing"})
        say("[1/3] Making the virtual environment with Python %d.%d.%d" % tuple(sys.version_info[:3]))
        if not venv.works():
            # Without pip: uv needs none, and Debian's Python can do this much even without python3-venv.
            status, output = run([sys.executable, "-m", "venv", "--without-pip", venv.folder], venv.log)
            if status:
                raise trouble(diagnose(output))
        install(venv, tests)
        venv.record(venv.wanted(tests))
        say("Ready after %d s.\n" % (time.time() - began))
    finally:
        held.close()


def environment(venv, base):
    """Return the course's environment; .venv is first on PATH, as nbgrader calls alembic by bare name."""
    env = {name: value for name, value in base.items() if name not in ("PYTHONHOME", "PYTHONPATH")}
    env["PATH"] = venv.bin + os.pathsep + env.get("PATH", os.defpath)
    env["VIRTUAL_ENV"] = venv.folder
    env["ENGAGEKIT_ROOT"] = venv.root
    env.setdefault("PYTHONUTF8", "1")
    return env


def hand_over(venv, arguments):
    """Become `python -m engagekit <arguments>` inside .venv; on Windows, run it and return its status."""
    command = [venv.python, "-m", "engagekit"] + arguments
    env = environment(venv, os.environ)
    sys.stdout.flush()
    if os.name != "nt":
        os.execve(venv.python, command, env)
    process = subprocess.Popen(command, env=env)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            pass  # the course hears Ctrl-C too, and stops in its own time


def main(arguments, root=ROOT, version=sys.version_info):
    """Prepare the course and hand the words after `course.py` over to it; return the exit status."""
    status = 1
    try:
        if tuple(version[:2]) < NEEDED:
            raise Trouble(OLD_PYTHON % (NEEDED + tuple(version[:2])))
        venv = Venv(root)
        if not arguments or arguments[0] in ("-h", "--help", "help"):
            say(__doc__.strip() + "\n")
            return hand_over(venv, ["--help"]) if venv.ready(tests=False) else 0
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that no installer is left running
        prepare(venv, tests=arguments[0] == "test")
        return hand_over(venv, arguments)
    except Trouble as error:
        sentence = str(error)
    except KeyboardInterrupt:
        sentence, status = (
            "Stopped before the install was complete. Run the same command again to start afresh.",
            130,
        )
    except OSError as error:
        full = error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", None))
        denied = error.errno in (errno.EACCES, errno.EPERM, errno.EROFS)
        name = "disk" if full else "write" if denied else "unknown"
        sentence = "%s%s (%s)" % (TROUBLES[name], AGAIN, error)
    print("\n" + sentence, file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
