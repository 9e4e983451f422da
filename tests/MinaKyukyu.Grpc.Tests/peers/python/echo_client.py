"""An outside witness: gRPC C-core's Python client against the echo service (peers/README.md)."""
import asyncio
import os
import sys
import traceback

import answers
import streams
from peer import options
from promises import Client

SCENARIOS = {
    "call-kinds": streams.call_kinds,
    "cancellation": streams.cancellation,
    "goaway": streams.goaway,
    "many-streams": streams.many_streams,
    "slow-reader": streams.slow_reader,
    "deadlines": answers.deadlines,
    "metadata": answers.metadata,
    "rare-metadata": answers.rare_metadata,
    "errors": answers.errors,
    "compression": answers.compression,
    "tls": answers.tls,
    "tls-refused": answers.tls_refused,
}


async def main():
    arguments = options("address", "scenario")
    client = Client(arguments)
    try:
        await SCENARIOS[arguments.scenario](client)
    finally:
        await client.channel.close()


if __name__ == "__main__":
    try:
        asyncio.run(main())
    except Exception:
        traceback.print_exc()
        sys.stderr.flush()
        # Not sys.exit: a thread that still waits for a line of input must not keep the process alive.
        os._exit(1)
