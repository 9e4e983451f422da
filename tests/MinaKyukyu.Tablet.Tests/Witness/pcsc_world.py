"""A smart-card service (pcscd) of the test's own, with two virtual readers (vpcd), beside whatever else runs on the machine.

    pcsc_world.py DIRECTORY

DIRECTORY/pcscd.comm is its socket (PCSCLITE_CSOCK_NAME for its clients); it is handed over as systemd does, so that the
machine's own socket is not touched. DIRECTORY/card0 and DIRECTORY/card1 are sockets where a card may be laid into a reader.
The virtual readers can listen on all addresses only: they do so inside a network namespace of their own, which nobody outside
can reach, and what comes to card0 and card1 is passed on. Where namespaces are not allowed (a container without privileges),
they listen on a free port for as long as the tests run.

Says "ready" on standard output; ends, with everything that it started, when standard input is closed.
"""

import array
import ctypes
import fcntl
import os
import shutil
import signal
import socket
import struct
import sys
import threading
import time

CLONE_NEWNS, CLONE_NEWUSER, CLONE_NEWNET = 0x00020000, 0x10000000, 0x40000000
MS_REC, MS_PRIVATE = 0x4000, 1 << 18
SLOTS = 2
VPCD = "/usr/lib/pcsc/drivers/serial/libifdvpcd.so"
PATIENCE_SECONDS = 20
libc = ctypes.CDLL(None, use_errno=True)


def enter_namespaces():
    """A network and a /run/pcscd of our own. False when the machine does not allow it."""
    uid, gid = os.getuid(), os.getgid()
    spaces = CLONE_NEWNS | CLONE_NEWNET
    # Root of a container may often make them only as root of a user namespace, as everybody else may.
    if uid != 0 or libc.unshare(spaces) != 0:
        if libc.unshare(spaces | CLONE_NEWUSER) != 0:
            return False
        for name, text in (("setgroups", "deny"), ("uid_map", f"0 {uid} 1"), ("gid_map", f"0 {gid} 1")):
            with open(f"/proc/self/{name}", "w", encoding="ascii") as file:
                file.write(text)
    # Nothing that is mounted here shows outside.
    libc.mount(b"none", b"/", None, MS_REC | MS_PRIVATE, None)
    at = "/run/pcscd" if os.path.isdir("/run/pcscd") else "/run"
    if libc.mount(b"tmpfs", at.encode(), b"tmpfs", 0, None) != 0:
        raise OSError(ctypes.get_errno(), f"mount on {at}")
    os.makedirs("/run/pcscd", exist_ok=True)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        siocgifflags, siocsifflags, iff_up = 0x8913, 0x8914, 1
        request = array.array("B", struct.pack("16sh22x", b"lo", 0))
        fcntl.ioctl(any_socket, siocgifflags, request)
        flags = struct.unpack_from("16sh", request)[1] | iff_up
        fcntl.ioctl(any_socket, siocsifflags, struct.pack("16sh22x", b"lo", flags))
    return True


def free_ports():
    """SLOTS ports in a row that nobody listens on."""
    while True:
        taken = []
        try:
            for i in range(SLOTS):
                one = socket.socket()
                one.bind(("0.0.0.0", 0 if i == 0 else taken[0].getsockname()[1] + i))
                taken.append(one)
            return taken[0].getsockname()[1]
        except (OSError, OverflowError):
            continue
        finally:
            for one in taken:
                one.close()


def start_service(directory, port):
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(f"{directory}/pcscd.comm")
    listening.listen(16)
    os.mkdir(f"{directory}/readers")
    with open(f"{directory}/readers/vpcd", "w", encoding="ascii") as file:
        file.write(
            f'FRIENDLYNAME "Virtual PCD"\nDEVICENAME /dev/null:0x{port:X}\nLIBPATH {VPCD}\nCHANNELID 0x{port:X}\n'
        )
    child = os.fork()
    if child:
        listening.close()
        return child
    try:
        log = os.open(f"{directory}/pcscd.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        passed_on = os.dup(listening.fileno()) if listening.fileno() == log else listening.fileno()
        # systemd's way of handing a socket over: it is number 3 (sd_listen_fds(3)).
        if passed_on != 3:
            os.dup2(passed_on, 3)
        os.set_inheritable(3, True)
        os.dup2(log, 1)
        os.dup2(log, 2)
        os.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS="1")
        os.execv("/usr/sbin/pcscd", ["pcscd", "--foreground", "--info", "--config", f"{directory}/readers"])
    finally:
        os._exit(127)


def pass_on(source, target):
    try:
        while data := source.recv(65536):
            target.sendall(data)
    except OSError:
        pass
    for end in (source, target):
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


def connect(port):
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        reader = socket.socket()
        try:
            reader.connect(("127.0.0.1", port))
            return reader
        except OSError:
            reader.close()
            if time.monotonic() > until:
                raise
            time.sleep(0.02)


def serve_slot(directory, slot, port):
    door = socket.socket(socket.AF_UNIX)
    door.bind(f"{directory}/card{slot}")
    door.listen(1)

    def serve():
        while True:
            card, _ = door.accept()
            reader = connect(port)
            threading.Thread(target=pass_on, args=(card, reader), daemon=True).start()
            # One card at a time.
            pass_on(reader, card)
            card.close()
            reader.close()

    threading.Thread(target=serve, daemon=True).start()


def main():
    directory = sys.argv[1]
    had_run = os.path.isdir("/run/pcscd")
    is_apart = enter_namespaces()
    port = 0x8C7B if is_apart else free_ports()
    pid_file, kept = "/run/pcscd/pcscd.pid", None
    if not is_apart and os.path.exists(pid_file):
        with open(pid_file, encoding="ascii") as file:
            kept = file.read()
    child = start_service(directory, port)
    for slot in range(SLOTS):
        connect(port + slot).close()
        serve_slot(directory, slot, port + slot)
    print("ready", "apart" if is_apart else "beside", child, flush=True)
    sys.stdin.read()
    os.kill(child, signal.SIGTERM)
    until = time.monotonic() + PATIENCE_SECONDS
    while os.waitpid(child, os.WNOHANG)[0] == 0:
        if time.monotonic() > until:
            os.kill(child, signal.SIGKILL)
        time.sleep(0.01)
    if not is_apart:
        if kept is not None:
            with open(pid_file, "w", encoding="ascii") as file:
                file.write(kept)
        elif not had_run:
            shutil.rmtree("/run/pcscd", ignore_errors=True)


if __name__ == "__main__":
    main()
