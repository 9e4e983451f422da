"""An outside witness: gRPC C-core's Python server with the echo service. Prints its port and serves until its input ends."""
import sys
import time
from concurrent import futures

import grpc

SERVICE = "minakyukyu.test.v1.Echo"


def unary(request, context):
    if request == b"sleep":
        time.sleep(3)
    elif request == b"metadata":
        sent = dict(context.invocation_metadata())
        context.send_initial_metadata([("word", sent["word"]), ("bytes-bin", sent["bytes-bin"])])
        context.set_trailing_metadata([("last-bin", b"\x00\xff")])
    elif request == b"deadline":
        return b"%d" % round(context.time_remaining())
    elif request == b"refuse":
        context.set_trailing_metadata([("grpc-status-details-bin", b"\x08\x09")])
        context.abort(grpc.StatusCode.FAILED_PRECONDITION, "100 % 出動中")
    elif request == b"throw":
        raise ValueError("a secret")
    return request


def collect(requests, context):
    return b"".join(requests)


def spread(request, context):
    for one in request:
        yield bytes([one])


def talk(requests, context):
    yield from requests


def main():
    server = grpc.server(futures.ThreadPoolExecutor(8), compression=grpc.Compression.NoCompression)
    server.add_generic_rpc_handlers(
        [
            grpc.method_handlers_generic_handler(
                SERVICE,
                {
                    "Unary": grpc.unary_unary_rpc_method_handler(unary),
                    "Collect": grpc.stream_unary_rpc_method_handler(collect),
                    "Spread": grpc.unary_stream_rpc_method_handler(spread),
                    "Talk": grpc.stream_stream_rpc_method_handler(talk),
                },
            )
        ]
    )
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    print(port, flush=True)
    sys.stdin.read()
    server.stop(None)


if __name__ == "__main__":
    main()
