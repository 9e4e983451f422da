"""How a program speaks to Mina-Kyukyu: who it is, when it asks again, and what a refusal says. Nothing here is about ambulances."""
import os, sys, time
import grpc

pb = sys.argv[2] if len(sys.argv) > 2 else "pb"
sys.path.insert(0, pb)
import google
google.__path__.append(os.path.join(pb, "google"))  # google.rpc was generated beside our own messages
from google.rpc import error_details_pb2, status_pb2

OUTCOME_UNKNOWN = (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED)
PATIENCE = 60  # seconds; then somebody has to look


class Refused(Exception):
    """Final: the same request would be refused again. The reasons are those of docs/API.md."""

    def __init__(self, method, error):
        details = dict(error.trailing_metadata() or ()).get("grpc-status-details-bin", b"")
        info, ja = error_details_pb2.ErrorInfo(), error_details_pb2.LocalizedMessage()
        for detail in status_pb2.Status.FromString(details).details:
            detail.Unpack(info), detail.Unpack(ja)
        field = f" ({info.metadata['field']})" if "field" in info.metadata else ""
        super().__init__(f"{method}: {error.code().name} {info.reason}{field} {ja.message or error.details()}")


class Service:
    """One gRPC service, by the module that protoc wrote for it."""

    def __init__(self, channel, package):
        self.channel, self.package = channel, package
        self.name = next(iter(package.DESCRIPTOR.services_by_name.values())).full_name

    def call(self, method, who, **fields):
        """Asks again, with the same request id, while the outcome is unknown."""
        request, until = getattr(self.package, method + "Request")(**fields), time.monotonic() + PATIENCE
        while True:
            try:
                return self._stub(self.channel.unary_unary, method)(request, timeout=5, metadata=who)
            except grpc.RpcError as error:
                if error.code() not in OUTCOME_UNKNOWN or time.monotonic() > until:
                    raise Refused(method, error) from None
                print(f"{method}: {error.code().name}; asking again", file=sys.stderr)
                time.sleep(1)

    def watch(self, method, who, **fields):
        return self._stub(self.channel.unary_stream, method)(getattr(self.package, method + "Request")(**fields), metadata=who)

    def _stub(self, make, method):
        answer = getattr(self.package, method + "Response").FromString
        return make(f"/{self.name}/{method}", getattr(self.package, method + "Request").SerializeToString, answer)


def connect(address):
    # For demonstrations. In service: grpc.secure_channel to the address of the pages, and a token (../README.md).
    return grpc.insecure_channel(address, options=[("grpc.max_reconnect_backoff_ms", 1000)])
