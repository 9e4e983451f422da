"""Scenarios about the life of streams: kinds of call, cancellation, a server that stops, many streams, a slow reader."""
import asyncio
import sys

from promises import PATIENCE, Client, comes_true, grpc, kept, refused, same

MANY = 10_000


async def call_kinds(client: Client):
    for length in (0, 1, 16_384, 300_000):
        same(await client.unary(b"x" * length), b"x" * length)
    kept("unary")

    same(await client.collect(iter([b"a", b"", b"bc"])), b"abc")
    same(await client.collect(iter([])), b"")
    same(await client.collect(b"%d," % index for index in range(MANY)), b"".join(b"%d," % i for i in range(MANY)))
    kept("client streaming")

    same([answer async for answer in client.spread(b"abc")], [b"a", b"b", b"c"])
    same([answer async for answer in client.spread(b"")], [])
    same([answer async for answer in client.spread(b"z" * MANY)], [b"z"] * MANY)
    kept("server streaming")

    call = client.talk()
    for index in range(100):
        await call.write(b"%d" % index)
        same(await call.read(), b"%d" % index)
    await call.done_writing()
    same(await call.read(), grpc.aio.EOF)
    same(await call.code(), grpc.StatusCode.OK)
    kept("duplex streaming")

    at_once = client.talk(b"%d" % index for index in range(MANY))
    same([answer async for answer in at_once], [b"%d" % index for index in range(MANY)])
    kept("10,000 messages each way on one stream")


async def cancellation(client: Client):
    unary = client.unary(b"sleep 50000")
    spread = client.spread(b"forever")
    same(await spread.read(), b"forever")
    talk = client.talk()
    await talk.write(b"wait")
    same(await talk.read(), b"wait")

    async def sleeps():
        return await client.count(b"sleepers") == 1

    await comes_true("the unary call has begun", sleeps)
    for call, promise in (
        (unary, "a unary call is cancelled"),
        (spread, "a stream of answers is cancelled"),
        (talk, "a stream both ways is cancelled"),
    ):
        same(call.cancel(), True)
        same(await asyncio.wait_for(call.code(), PATIENCE), grpc.StatusCode.CANCELLED)
        kept(promise)

    async def saw_all():
        return await client.count(b"cancellations") == 3

    await comes_true("the server saw all three", saw_all)
    kept("the server saw all three")


async def goaway(client: Client):
    talk = client.talk()
    await talk.write(b"1")
    same(await talk.read(), b"1")
    kept("a stream is open")

    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)
    await talk.write(b"2")
    same(await talk.read(), b"2")
    kept("the stream goes on")

    async def is_refused():
        try:
            same(await client.unary(b"still open"), b"still open")
            return False
        except grpc.aio.AioRpcError as error:
            same((error.code(), error.details())[0], grpc.StatusCode.UNAVAILABLE)
            return True

    await comes_true("new calls are refused", is_refused)
    kept("new calls are refused")

    await talk.write(b"3")
    same(await talk.read(), b"3")
    await talk.done_writing()
    same(await talk.read(), grpc.aio.EOF)
    same(await talk.code(), grpc.StatusCode.OK)
    kept("the stream ends well")


async def many_streams(client: Client):
    async def open_one(index):
        call = client.talk()
        await call.write(b"%d" % index)
        same(await call.read(), b"%d" % index)
        return call

    calls = await asyncio.gather(*(open_one(index) for index in range(1_000)))
    same(await client.count(b"peak"), 1_000)
    kept("1,000 streams are open at once")

    async def end(call):
        await call.done_writing()
        same(await call.read(), grpc.aio.EOF)
        same(await call.code(), grpc.StatusCode.OK)

    await asyncio.gather(*(end(call) for call in calls))
    kept("1,000 streams ended well")


async def slow_reader(client: Client):
    many = 20_000
    flood = client.spread(b"flood %d 1000" % many)
    same((await flood.read())[:4], (0).to_bytes(4, "big"))
    last, unchanged = -1, 0
    while unchanged < 10:
        written = await client.count(b"written")
        last, unchanged = written, unchanged + 1 if written == last else 0
        await asyncio.sleep(0.1)
    same((0 < last <= many // 2, last)[0], True)
    kept("the writer is held back")

    for index in range(1, many):
        same((await flood.read())[:4], index.to_bytes(4, "big"))
    same(await flood.read(), grpc.aio.EOF)
    same(await client.count(b"written"), many)
    kept("all messages arrived in order")
