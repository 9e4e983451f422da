"""An outside witness: gRPC C-core's Python server with the echo service (peers/README.md)."""
import asyncio
import sys

from peer import DETAILS, SENTENCE, SERVICE, grpc, options, read, rich_status

CODES = {code.value[0]: code for code in grpc.StatusCode}


class Echo:
    def __init__(self, arguments):
        self.arguments = arguments
        self.cancellations = self.open = self.peak = self.written = 0

    def watched(self, method):
        """Counts the calls that end because their client gave them up or their deadline passed."""

        async def call(request, context):
            try:
                return await method(request, context)
            except asyncio.CancelledError:
                self.cancellations += 1
                raise

        return call

    async def unary(self, request, context):
        words = request.split(b" ", 2)
        if words[0] == b"sleep":
            await asyncio.sleep(int(words[1]) / 1000)
            return bytes(int(words[2]) if len(words) > 2 else 1)
        if words[0] == b"deadline":
            left = context.time_remaining()
            return b"none" if left is None or left > 1e9 else b"%d" % left
        if words[0] in (b"cancellations", b"peak", b"written"):
            return b"%d" % getattr(self, words[0].decode())
        if words[0] == b"metadata":
            back = [(key, value) for key, value in context.invocation_metadata() if key.startswith("echo-")]
            await context.send_initial_metadata(tuple(back))
            context.set_trailing_metadata(tuple(("last-" + key, value) for key, value in back))
        elif words[0] == b"refuse":
            await context.abort(CODES[int(words[1])], words[2].decode())
        elif words[0] == b"rich":
            status, _ = rich_status(self.arguments.descriptors)
            await context.abort(
                grpc.StatusCode.FAILED_PRECONDITION, SENTENCE, ((DETAILS, status.SerializeToString()),)
            )
        elif words[0] == b"throw":
            raise ValueError("a secret")
        elif words[0] == b"gzip":
            context.set_compression(grpc.Compression.Gzip)
            return b"x" * int(words[1])
        return request

    async def collect(self, requests, context):
        return b"".join([request async for request in requests])

    async def spread(self, request, context):
        words = request.split(b" ", 2)
        if words[0] == b"flood":
            rest = bytes(int(words[2]) - 4)
            for index in range(int(words[1])):
                await context.write(index.to_bytes(4, "big") + rest)
                self.written += 1
        elif words[0] == b"forever":
            await context.write(request)
            await asyncio.Event().wait()
        elif words[0] == b"refuse":
            await context.write(request)
            await context.abort(CODES[int(words[1])], words[2].decode())
        elif words[0] == b"gzip":
            context.set_compression(grpc.Compression.Gzip)
            for _ in range(int(words[1])):
                await context.write(b"x" * int(words[2]))
        else:
            for one in request:
                await context.write(bytes([one]))

    async def talk(self, requests, context):
        waits = False
        self.open += 1
        self.peak = max(self.peak, self.open)
        try:
            async for request in requests:
                await context.write(request)
                waits = request == b"wait"
            if waits:
                await asyncio.Event().wait()
        finally:
            self.open -= 1

    def handlers(self):
        return grpc.method_handlers_generic_handler(
            SERVICE,
            {
                "Unary": grpc.unary_unary_rpc_method_handler(self.watched(self.unary)),
                "Collect": grpc.stream_unary_rpc_method_handler(self.watched(self.collect)),
                "Spread": grpc.unary_stream_rpc_method_handler(self.watched(self.spread)),
                "Talk": grpc.stream_stream_rpc_method_handler(self.watched(self.talk)),
            },
        )


async def main():
    arguments = options()
    server = grpc.aio.server()
    server.add_generic_rpc_handlers([Echo(arguments).handlers()])
    if arguments.ca is None:
        port = server.add_insecure_port("127.0.0.1:0")
    else:
        credentials = grpc.ssl_server_credentials(
            [(read(arguments.key), read(arguments.cert))],
            root_certificates=read(arguments.ca),
            require_client_auth=True,
        )
        port = server.add_secure_port("127.0.0.1:0", credentials)
    await server.start()
    print(port, flush=True)

    word = await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)
    stopping = asyncio.ensure_future(server.stop(60 if word.strip() == "stop" else None))
    await asyncio.sleep(0)
    print("stopping", flush=True)
    await stopping


if __name__ == "__main__":
    asyncio.run(main())
