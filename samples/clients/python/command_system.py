"""Feeds a command system's events to Mina-Kyukyu and follows its orders: a start for an adapter of your own (../README.md).

    command_system.py HOST:PORT PB < events      events and answers are JSON lines, as in ../day.jsonl; PB is what protoc wrote

Nothing is remembered here. Request ids are made of the command system's own numbers and orders are read from the service, so after a
crash the same events may simply be sent again: what has had its effect has no second one.
"""
import json, sys, threading, time
import grpc
sys.path.insert(0, sys.argv[2])
from minakyukyu.crew.v1 import crew_service_pb2 as crew
from minakyukyu.dispatch.v1 import dispatch_service_pb2 as dispatch
from minakyukyu.incident.v1 import incident_pb2, incident_service_pb2 as incident

# For demonstrations. In service: TLS, and ("authorization", "Bearer " + token) of the department's issuer.
CENTRE = (("mina-device-id", "console-1"), ("mina-role", "dispatcher"))
OUTCOME_UNKNOWN = (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED)
channel = grpc.insecure_channel(sys.argv[1])
incidents = {}  # number of the command system -> ours


def stub(make, package, name):
    service = next(iter(package.DESCRIPTOR.services_by_name.values())).full_name
    return make(f"/{service}/{name}", getattr(package, name + "Request").SerializeToString, getattr(package, name + "Response").FromString)


def call(package, name, who=CENTRE, **fields):
    """Repeats, with the same request id, while the outcome is unknown; a refusal is final."""
    for seconds in (0.5, 1, 2, 5, 10, None):
        try:
            return stub(channel.unary_unary, package, name)(getattr(package, name + "Request")(**fields), timeout=5, metadata=who)
        except grpc.RpcError as error:
            if error.code() not in OUTCOME_UNKNOWN or seconds is None:
                raise
            time.sleep(seconds)


def say(**words):
    sys.stdout.write(json.dumps(words, ensure_ascii=False) + "\n")  # one write: two threads speak
    sys.stdout.flush()


def watch_orders():
    """Tells each order as it is given or ends; when the line breaks it goes on behind the last revision that it saw."""
    revision, told = 0, {}
    while True:
        try:
            watch = stub(channel.unary_stream, incident, "WatchIncidents")
            for change in watch(incident.WatchIncidentsRequest(after_revision=revision), metadata=CENTRE):
                revision = change.revision
                for order in change.incident.assignments:
                    if told.get(order.order_token) != order.state:
                        told[order.order_token] = order.state
                        say(order=order.unit_id, state=incident_pb2.AssignmentState.Name(order.state))
        except grpc.RpcError:
            time.sleep(1)


def order_of(number):
    orders = call(incident, "GetIncident", incident_id=incidents[number]).incident.assignments
    return next((order for order in orders if order.state == incident_pb2.ASSIGNMENT_STATE_ACTIVE), None)


def moment(seconds):
    return {"seconds": int(seconds), "nanos": int(seconds % 1 * 1e9)}


def feed(event, number=None, unit=None, kind=None, at=None, **place):
    if event == "on-duty":  # until the unit's own tablet signs on
        tablet = (("mina-device-id", "tablet-" + unit), ("mina-crew-id", "crew-" + unit), ("mina-role", "crew"))
        call(crew, "SignOn", tablet, request_id="duty-" + unit, unit_id=unit)
    elif event == "call":
        opened = call(incident, "OpenIncident", request_id="call-" + number, call={"received_time": moment(at)},
                      place={"point": place, "place_precision": "PLACE_PRECISION_LOT"})
        incidents[number] = opened.incident_id
    elif event == "order" and order_of(number) is None:
        advice = call(dispatch, "RecommendUnits", incident_id=incidents[number]).recommendation
        best = advice.candidates[0]
        say(advice=best.unit_id, seconds=round(best.eta_p50_seconds), why=[reason.words.ja for reason in best.reasons])
        call(dispatch, "AssignUnit", request_id="order-" + number, incident_id=incidents[number],
             unit_id=unit or best.unit_id, recommendation_id=advice.recommendation_id)
    elif event == "state":
        order = order_of(number)
        call(incident, "ReportMilestone", request_id=f"state-{number}-{kind}", incident_id=incidents[number],
             assignment_id=order.assignment_id, order_token=order.order_token, kind="MILESTONE_KIND_" + kind,
             occurred_time=moment(at))
    say(done=event, number=number or unit)


threading.Thread(target=watch_orders, daemon=True).start()
for line in sys.stdin:
    feed(**json.loads(line))
time.sleep(2)  # the last order comes back over the watch
