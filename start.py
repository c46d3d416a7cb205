#!/usr/bin/env python3
"""Brickyard's front step.

  python3 start.py [--port N] [--address A] [--no-browser]
      makes the environment in .venv, installs what is needed, starts the app.

  python3 start.py test [what pytest takes]
      installs what the tests need, a Chromium included, and runs every test.

Options
  --port N       the app's port (8501)
  --address A    who may come: localhost (only this machine, as it comes) or
                 0.0.0.0 (everyone on the network, say a class)
  --no-browser   print the address, open nothing
  --help         print this
"""

# This file alone must be readable to an old Python, so that it can say what is wrong:
# no syntax and no library here that is newer than 3.6.
import argparse
import errno
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import webbrowser

OLDEST, NEWEST = (3, 11), (3, 13)
ROOT = os.path.dirname(os.path.abspath(__file__))
SLOWEST_START, PATIENCE = 180, 10  # seconds


def main(arguments):
    if "--help" in arguments[:2] or "-h" in arguments[:2]:
        print(__doc__.strip())
        return 0
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        return with_another_python(arguments)
    from requirements import Trouble

    try:
        if arguments[:1] == ["test"]:
            return test(arguments[1:])
        return start(options(arguments))
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 2


def with_another_python(arguments):
    """Go on in a Python that suits, or say which one is needed."""
    here = "{}.{}".format(*sys.version_info[:2])
    other = another_python()
    if other is None:
        print(
            "Brickyard needs Python 3.11, 3.12 or 3.13, and this is Python {}: "
            "install one of them and start it with that "
            "(for example: python3.13 start.py).".format(here),
            file=sys.stderr,
        )
        return 2
    print("This is Python {}; going on with {}.".format(here, " ".join(other)))
    sys.stdout.flush()
    return wait(subprocess.Popen([*other, os.path.abspath(__file__), *arguments]))


def another_python():
    """The command of a Python that suits, newest first; None where there is none."""
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        for command in (["python3.{}".format(minor)], ["py", "-3.{}".format(minor)]):
            ask = "import sys, venv, ensurepip; print(sys.version_info[1])"
            if shutil.which(command[0]) and told([*command, "-c", ask]) == str(minor):
                return command
    return None


def told(command):
    """What a command prints; empty where it fails."""
    try:
        output = subprocess.check_output(command, stderr=subprocess.DEVNULL)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return output.decode("utf-8", "replace").strip()


class Options(argparse.ArgumentParser):
    def error(self, message):
        refuse(message)


def options(arguments):
    parser = Options(add_help=False)
    parser.add_argument("--port", type=int, default=8501)
    parser.add_argument("--address", default="localhost")
    parser.add_argument("--no-browser", action="store_true")
    return parser.parse_args(arguments)


def refuse(message):
    from requirements import Trouble

    raise Trouble("{} (python3 start.py --help says more)".format(message))


def start(choice):
    """Start the app and stay until it ends; returns its exit code."""
    from requirements import environment, installer, say

    check_port(choice.address, choice.port)
    python = environment.prepare(environment.HERE.parent).python
    check_port(choice.address, choice.port)  # a long install may lie between
    say("Starting the app ...")
    command = [str(python), "-m", "streamlit", "run", "app.py"]
    command += ["--server.address", choice.address, "--server.port", str(choice.port)]
    command += ["--server.headless", "true", "--logger.hideWelcomeMessage", "true"]
    app = subprocess.Popen(
        command,
        cwd=ROOT,
        env=installer.quick(os.environ),
        start_new_session=True,  # Ctrl+C reaches us alone, and we end it quietly
    )
    return wait(app, lambda: welcome(app, choice), tell=True)


def check_port(address, port):
    """Refuse a port that is taken, before anything is started."""
    if not 0 < port < 65536:
        refuse("a port is a number from 1 to 65535. Received: {}".format(port))
    try:
        with socket.socket() as probe:
            if os.name == "posix":  # so that a port just left counts as free
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((address, port))
    except OSError as error:
        refuse_port(error, address, port)
    if answers("127.0.0.1" if address == "0.0.0.0" else address, port):
        refuse_port(OSError(errno.EADDRINUSE, "taken"), address, port)


def refuse_port(error, address, port):
    from requirements import Trouble

    if error.errno in (errno.EADDRINUSE, 10048):
        said = "Port {} is taken, perhaps by a running Brickyard: end that one, or"
    elif error.errno in (errno.EACCES, 10013):
        said = "Port {} is kept for the system:"
    else:
        refuse("this machine has no address {}".format(address))
    other = port + 1 if 1024 <= port < 65535 else 8501
    said += " choose another with python3 start.py --port {}"
    raise Trouble(said.format(port, other))


def answers(address, port):
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((address, port)) == 0


def welcome(app, choice):
    """Wait until the app answers, then say where it is and open a browser there."""
    near = "localhost" if choice.address == "0.0.0.0" else choice.address
    url = "http://{}:{}".format(near, choice.port)
    end = time.time() + SLOWEST_START
    while app.poll() is None and time.time() < end:
        if healthy(url):
            say_where(url, choice)
            return
        time.sleep(0.1)
    if app.poll() is None:
        print("The app is slow to answer; it should come up at {} .".format(url))


def say_where(url, choice):
    print("Brickyard is at {}   (Ctrl+C ends it)".format(url))
    if choice.address == "0.0.0.0":
        here = "http://{}:{}".format(address_on_network(), choice.port)
        print("For others on this network: {}".format(here))
    sys.stdout.flush()
    if not choice.no_browser and has_screen():
        webbrowser.open(url)


def healthy(url):
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(url + "/_stcore/health", timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


def address_on_network():
    """This machine's address as its neighbours see it; no packet is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address kept for documentation
        except OSError:
            return socket.gethostname()
        return probe.getsockname()[0]


def has_screen():
    """Whether a browser can open a window: not over ssh, not on a server."""
    if sys.platform.startswith("linux"):
        return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    return not os.environ.get("SSH_CONNECTION") and not os.environ.get("CI")


def wait(program, meanwhile=lambda: None, tell=False):
    """Stay until the program ends, and end it with us; returns its exit code.

    `tell` that Ctrl+C does not reach it by itself.
    """
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number and signal.getsignal(number) != signal.SIG_IGN:  # nohup ignores it
            signal.signal(number, lambda *_: program.terminate())
    try:
        meanwhile()
        code = program.wait()
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        end(program, tell)
        return 0
    return code if code >= 0 else 128 - code  # as a shell tells of a signal


def end(program, tell):
    if tell:
        program.terminate()
    try:
        program.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        program.kill()
        program.wait()


def test(arguments):
    """Run the tests; returns pytest's exit code."""
    from requirements import chromium, environment, installer, say

    python = environment.prepare(environment.HERE.parent, tests=True).python
    settings = installer.quick(os.environ)
    settings[chromium.SETTING] = chromium.provide(python)
    command = [str(python), "-m", "pytest", *workers(arguments), *arguments]
    say("Running " + " ".join(command[1:]) + " ...")
    return wait(subprocess.Popen(command, cwd=ROOT, env=settings))


def workers(arguments):
    """Two at once, except where pytest is told how many or must own the terminal."""
    alone = ("-n", "--numprocesses", "--pdb", "--trace", "-s", "--capture=no", "-p")
    if any(argument.startswith(alone) for argument in arguments):
        return []
    # A group (the browser tests share a server) stays with one worker.
    return ["-n", "2", "--dist", "loadgroup"]


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
