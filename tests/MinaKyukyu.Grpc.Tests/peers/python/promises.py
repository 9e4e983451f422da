"""How a scenario says what it found."""
import asyncio

from peer import CHANNEL_OPTIONS, SERVICE, grpc, read

# Seconds: what hangs must end, and a busy machine must not end what only lasts.
PATIENCE = 60


def kept(promise):
    print(promise, flush=True)


def same(got, expected):
    if got != expected:
        raise AssertionError(f"expected {expected!r:.200}, got {got!r:.200}")


async def refused(code, call):
    try:
        answer = await asyncio.wait_for(call, PATIENCE)
    except grpc.aio.AioRpcError as error:
        same((error.code(), error.details() if error.code() != code else None), (code, None))
        return error
    raise AssertionError(f"expected {code}, got {answer!r:.200}")


async def comes_true(what, is_so):
    for _ in range(PATIENCE * 20):
        if await is_so():
            return
        await asyncio.sleep(0.05)
    raise AssertionError(f"expected that {what}")


class Client:
    """The echo service as a client sees it."""

    def __init__(self, arguments):
        if arguments.ca is None:
            self.channel = grpc.aio.insecure_channel(arguments.address, options=CHANNEL_OPTIONS)
        else:
            credentials = grpc.ssl_channel_credentials(
                read(arguments.ca), read(arguments.key), read(arguments.cert)
            )
            self.channel = grpc.aio.secure_channel(arguments.address, credentials, options=CHANNEL_OPTIONS)
        self.arguments = arguments
        self._unary = self.channel.unary_unary(f"/{SERVICE}/Unary")
        self._collect = self.channel.stream_unary(f"/{SERVICE}/Collect")
        self._spread = self.channel.unary_stream(f"/{SERVICE}/Spread")
        self._talk = self.channel.stream_stream(f"/{SERVICE}/Talk")

    def unary(self, request, timeout=PATIENCE, **more):
        return self._unary(request, timeout=timeout, **more)

    def collect(self, requests, timeout=PATIENCE):
        return self._collect(requests, timeout=timeout)

    def spread(self, request, timeout=PATIENCE):
        return self._spread(request, timeout=timeout)

    def talk(self, requests=None, timeout=PATIENCE):
        return self._talk(requests, timeout=timeout)

    async def count(self, words):
        return int(await self.unary(words))

    async def is_usable(self):
        same(await self.unary(b"still there"), b"still there")
        kept("the connection is still usable")
