"""An outside witness: gRPC C-core's Python client against the echo service. Usage: echo_client.py HOST:PORT

Prints one line for each promise kept and exits 0; a broken promise raises.
"""
import sys
import threading
import time

import grpc

SERVICE = "/minakyukyu.test.v1.Echo/"
PATIENCE = 20


def same(got, expected):
    if got != expected:
        raise AssertionError(f"expected {expected!r}, got {got!r}")


def refused(code, call):
    try:
        call()
    except grpc.RpcError as error:
        same(error.code(), code)
        return error
    raise AssertionError(f"expected {code}")


def main(address):
    channel = grpc.insecure_channel(address, options=[("grpc.enable_http_proxy", 0)])
    unary = channel.unary_unary(SERVICE + "Unary")
    collect = channel.stream_unary(SERVICE + "Collect")
    spread = channel.unary_stream(SERVICE + "Spread")
    talk = channel.stream_stream(SERVICE + "Talk")

    for length in (0, 1, 60_000):
        same(unary(b"x" * length, timeout=PATIENCE), b"x" * length)
    print("unary")

    same(collect(iter([b"a", b"", b"bc"]), timeout=PATIENCE), b"abc")
    same(collect(iter([]), timeout=PATIENCE), b"")
    print("client streaming")

    same(list(spread(b"abc", timeout=PATIENCE)), [b"a", b"b", b"c"])
    same(list(spread(b"", timeout=PATIENCE)), [])
    same(len(list(spread(b"z" * 10_000, timeout=PATIENCE))), 10_000)
    print("server streaming")

    turn = threading.Semaphore(0)

    def questions():
        for index in range(100):
            yield b"%d" % index
            turn.acquire()

    answers = []
    for answer in talk(questions(), timeout=PATIENCE):
        answers.append(answer)
        turn.release()
    same(answers, [b"%d" % index for index in range(100)])
    print("duplex streaming")

    begun = time.monotonic()
    refused(grpc.StatusCode.DEADLINE_EXCEEDED, lambda: unary(b"sleep", timeout=0.3))
    assert time.monotonic() - begun < 5
    print("deadline")

    answer, call = unary.with_call(
        b"metadata",
        timeout=PATIENCE,
        metadata=[("word", "hello"), ("bytes-bin", bytes(range(256)))],
    )
    same(dict(call.initial_metadata())["word"], "hello")
    same(dict(call.initial_metadata())["bytes-bin"], bytes(range(256)))
    same(dict(call.trailing_metadata())["last-bin"], b"\x00\xff")
    print("metadata")

    error = refused(grpc.StatusCode.FAILED_PRECONDITION, lambda: unary(b"refuse", timeout=PATIENCE))
    same(error.details(), "100 % 出動中")
    same(dict(error.trailing_metadata())["grpc-status-details-bin"], b"\x08\x09")
    refused(grpc.StatusCode.UNKNOWN, lambda: unary(b"throw", timeout=PATIENCE))
    refused(grpc.StatusCode.UNIMPLEMENTED, lambda: channel.unary_unary(SERVICE + "Nothing")(b"", timeout=PATIENCE))
    refused(grpc.StatusCode.UNIMPLEMENTED, lambda: channel.unary_unary("/a.B/C")(b"", timeout=PATIENCE))
    refused(grpc.StatusCode.RESOURCE_EXHAUSTED, lambda: unary(b"x" * 70_000, timeout=PATIENCE))
    print("errors")

    same(unary(b"x" * 5_000, timeout=PATIENCE, compression=grpc.Compression.Gzip), b"x" * 5_000)
    print("gzip")

    endless = talk(iter_forever(), timeout=PATIENCE)
    next(endless)
    endless.cancel()
    refused(grpc.StatusCode.CANCELLED, lambda: list(endless))
    print("cancellation")


def iter_forever():
    yield b"one"
    time.sleep(PATIENCE)


if __name__ == "__main__":
    main(sys.argv[1])
    sys.stdout.flush()
    # The sleeping request iterator above must not keep the process alive.
    import os

    os._exit(0)
