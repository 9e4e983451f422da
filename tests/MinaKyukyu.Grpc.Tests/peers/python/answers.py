"""Scenarios about what a call says: deadlines, metadata, errors, compression, TLS."""
import asyncio

from peer import DETAILS, SENTENCE, SERVICE, rich_status
from promises import PATIENCE, Client, comes_true, grpc, kept, refused, same

MISCHIEF = '100 % 出動中\n%41 %zz "終"\t~'


async def deadlines(client: Client):
    left = int(await client.unary(b"deadline", timeout=100))
    same(60 <= left <= 100, True)
    kept("the server sees the deadline")
    same(await client.unary(b"deadline", timeout=None), b"none")
    kept("no deadline is none")

    late = grpc.StatusCode.DEADLINE_EXCEEDED
    await refused(late, client.unary(b"sleep 80000", timeout=1))
    kept("a call ends at its deadline")
    stream = client.spread(b"forever", timeout=3)
    same(await stream.read(), b"forever")
    await refused(late, stream.read())
    kept("a stream ends at its deadline")

    async def saw_both():
        return await client.count(b"cancellations") >= 2

    await comes_true("the server saw both cancelled", saw_both)
    kept("the server saw both cancelled")

    async def outcome(index):
        # 60,000 bytes are several frames, so that some deadlines fall between the first and the last of them.
        try:
            same(len(await client.unary(b"sleep 60 60000", timeout=0.03 + index * 0.001)), 60_000)
            return grpc.StatusCode.OK
        except grpc.aio.AioRpcError as error:
            return error.code()

    outcomes = await asyncio.wait_for(asyncio.gather(*(outcome(index) for index in range(300))), PATIENCE)
    ends = {grpc.StatusCode.OK, late}
    if client.arguments.resets_late:
        ends.add(grpc.StatusCode.CANCELLED)
    same(set(outcomes) - ends, set())
    same(late in outcomes, True)
    kept("an answer at the deadline is an answer or a deadline")
    await client.is_usable()


async def metadata(client: Client):
    sent = (
        ("echo-word", "one"),
        ("echo-word", "two, three"),
        ("echo-sign", "~!@#$%^&*()_+{}|:\"<>?"),
        ("echo-all-bin", bytes(range(256))),
        ("echo-one-bin", b"\x01"),
        ("echo-two-bin", b"\x01\x02"),
        ("echo-commas-bin", b",,,"),
    )

    headers, trailers = await metadata_back(client, sent)
    same(headers, values(sent, ""))
    kept("metadata come back as headers")
    same(trailers, values(sent, ""))
    kept("metadata come back as trailers")

    try:
        await client.unary(b"metadata", metadata=(("echo-word", "出動"),))
    except Exception:
        kept("text that is not ASCII is not sent")

    for words in (b"not-ascii", b"not-ascii-trailer"):
        try:
            same(await client.unary(words), "an error")
        except grpc.aio.AioRpcError as error:
            same(error.code() in (grpc.StatusCode.UNKNOWN, grpc.StatusCode.INTERNAL), True)
    kept("text that is not ASCII is not answered")
    await client.is_usable()


async def rare_metadata(client: Client):
    for promise, sent in (
        ("empty values come back", (("echo-empty", ""), ("echo-none-bin", b""))),
        ("several bytes of one key come back", (("echo-some-bin", b"\x01"), ("echo-some-bin", b",,,"))),
    ):
        same(await metadata_back(client, sent), (values(sent, ""), values(sent, "")))
        kept(promise)


async def metadata_back(client, sent):
    call = client.unary(b"metadata", metadata=sent)
    await call
    return values(await call.initial_metadata(), ""), values(await call.trailing_metadata(), "last-")


def values(pairs, prefix):
    found = {}
    for key, value in pairs:
        if key.startswith(prefix + "echo-"):
            # HTTP lets anybody on the way join the texts of one key by commas.
            parts = [value] if key.endswith("-bin") else [part.strip() for part in value.split(",")]
            found.setdefault(key[len(prefix) :], []).extend(parts)
    return found


async def errors(client: Client):
    for code in grpc.StatusCode:
        if code is not grpc.StatusCode.OK:
            words = f"refuse {code.value[0]} {MISCHIEF}".encode()
            same((await refused(code, client.unary(words))).details(), MISCHIEF)
    kept("every code and its sentence")

    stream = client.spread(b"refuse 10 race")
    same(await stream.read(), b"refuse 10 race")
    same((await refused(grpc.StatusCode.ABORTED, stream.read())).details(), "race")
    kept("a refusal after a message")

    hidden = await refused(grpc.StatusCode.UNKNOWN, client.unary(b"throw"))
    same("secret" in hidden.details(), False)
    kept("what a service throws stays with it")

    expected, parser = rich_status(client.arguments.descriptors)
    error = await refused(grpc.StatusCode.FAILED_PRECONDITION, client.unary(b"rich"))
    same(error.details(), SENTENCE)
    details = [value for key, value in error.trailing_metadata() if key == DETAILS]
    same([parser.FromString(value) for value in details], [expected])
    kept("a rich status")

    missing = grpc.StatusCode.UNIMPLEMENTED
    await refused(missing, client.channel.unary_unary(f"/{SERVICE}/Missing")(b"", timeout=PATIENCE))
    kept("an unknown method")
    await refused(missing, client.channel.unary_unary("/a.B/C")(b"", timeout=PATIENCE))
    kept("an unknown service")
    await refused(grpc.StatusCode.RESOURCE_EXHAUSTED, client.unary(b"x" * 70_000))
    kept("a message over the limit")
    await client.is_usable()


async def compression(client: Client):
    gzip = grpc.Compression.Gzip
    same(await client.unary(b"x" * 5_000, compression=gzip), b"x" * 5_000)
    kept("gzip requests")
    await refused(
        grpc.StatusCode.UNIMPLEMENTED, client.unary(b"x" * 5_000, compression=grpc.Compression.Deflate)
    )
    kept("an unknown encoding is refused")
    await refused(grpc.StatusCode.RESOURCE_EXHAUSTED, client.unary(bytes(20_000_000), compression=gzip))
    kept("a bomb is refused")
    await client.is_usable()


async def tls(client: Client):
    same(await client.unary(b"hello"), b"hello")
    kept("a call over TLS")


async def tls_refused(client: Client):
    await refused(grpc.StatusCode.UNAVAILABLE, client.unary(b"hello"))
    kept("no call over TLS")
