"""What both scripts of this peer need: the library, the options, the types of google.rpc."""
import argparse
import sys

try:
    import grpc
    import grpc.aio
    from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
except ImportError as missing:
    sys.exit(f"this test needs {missing.name} for /usr/bin/python3: apt-get install python3-grpcio")

SERVICE = "minakyukyu.test.v1.Echo"
SENTENCE = "救急車は出動中です(100 %)"
DETAILS = "grpc-status-details-bin"

# The proxy of the machine is none for its own loopback.
CHANNEL_OPTIONS = [("grpc.enable_http_proxy", 0)]


def options(*positional):
    parser = argparse.ArgumentParser()
    for name in positional:
        parser.add_argument(name)
    for name in ("--ca", "--cert", "--key", "--descriptors"):
        parser.add_argument(name)
    parser.add_argument("--resets-late", action="store_true")
    return parser.parse_args()


def read(path):
    if path is None:
        return None
    with open(path, "rb") as file:
        return file.read()


def rich_status(descriptors):
    """The bytes of the status that every side of these tests builds on its own, and the type that reads it."""
    pool = descriptor_pool.DescriptorPool()
    for file in descriptor_pb2.FileDescriptorSet.FromString(read(descriptors)).file:
        pool.Add(file)

    def message(name):
        descriptor = pool.FindMessageTypeByName(f"google.rpc.{name}")
        if hasattr(message_factory, "GetMessageClass"):
            return message_factory.GetMessageClass(descriptor)
        return message_factory.MessageFactory(pool).GetPrototype(descriptor)

    info = message("ErrorInfo")(reason="UNIT_BUSY", domain="minakyukyu.example", metadata={"unit": "A1"})
    sentence = message("LocalizedMessage")(locale="ja", message=SENTENCE)
    request = message("BadRequest")()
    request.field_violations.add(field="unit_id", description="busy")
    retry = message("RetryInfo")()
    retry.retry_delay.seconds = 2
    retry.retry_delay.nanos = 500_000_000

    status = message("Status")(code=grpc.StatusCode.FAILED_PRECONDITION.value[0], message=SENTENCE)
    for detail in (info, sentence, request, retry):
        status.details.add(
            type_url=f"type.googleapis.com/{detail.DESCRIPTOR.full_name}", value=detail.SerializeToString()
        )
    return status, message("Status")
