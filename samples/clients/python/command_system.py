"""Feeds a command system's events to Mina-Kyukyu and follows its orders: a start for an adapter of your own (../README.md).

    command_system.py HOST:PORT PB < events      events and answers are JSON lines, as in ../day.jsonl; PB is what protoc wrote

Nothing is remembered here. Request ids are made of the command system's own numbers and times, and orders are read from the service,
so after a crash the same events may simply be sent again: what has had its effect has no second one.
"""
import json, sys, threading, time
import grpc
if len(sys.argv) != 3:
    sys.exit("usage: command_system.py HOST:PORT PB < events")
from mina import Refused, Service, connect
from minakyukyu.crew.v1 import crew_service_pb2
from minakyukyu.dispatch.v1 import dispatch_service_pb2
from minakyukyu.incident.v1 import incident_pb2, incident_service_pb2

CENTRE = (("mina-device-id", "console-1"), ("mina-role", "dispatcher"))  # in service: ("authorization", "Bearer …")
channel = connect(sys.argv[1])
crews, dispatches, incidents = (Service(channel, p) for p in (crew_service_pb2, dispatch_service_pb2, incident_service_pb2))
ours = {}  # number of the command system -> ours


def say(**words):
    sys.stdout.write(json.dumps(words, ensure_ascii=False) + "\n")  # one write: two threads speak
    sys.stdout.flush()


def watch_orders(revision=0):
    """Tells each order as it is given or ends; when the line breaks it goes on behind the last revision that it saw."""
    told = {}
    while True:
        try:
            for change in incidents.watch("WatchIncidents", CENTRE, after_revision=revision):
                revision = change.revision
                number = next((n for n, i in list(ours.items()) if i == change.incident.incident_id), None)
                for order in change.incident.assignments:
                    if told.get(order.order_token) != order.state:
                        told[order.order_token] = order.state
                        say(order=order.unit_id, number=number, state=incident_pb2.AssignmentState.Name(order.state))
        except grpc.RpcError as error:
            print(f"watch: {error.code().name}; listening again", file=sys.stderr)
            time.sleep(1)


def orders_of(number):
    if number not in ours:
        raise ValueError(f"no call has the number {number}")
    return list(incidents.call("GetIncident", CENTRE, incident_id=ours[number]).incident.assignments)


def moment(seconds):
    return {"seconds": int(seconds), "nanos": int(seconds % 1 * 1e9)}


def on_duty(unit, at):  # until the unit's own tablet signs on
    tablet = (("mina-device-id", "tablet-" + unit), ("mina-crew-id", "crew-" + unit), ("mina-role", "crew"))
    crews.call("SignOn", tablet, request_id=f"duty-{unit}-{at}", unit_id=unit)


def call(number, at, latitude, longitude):
    place = {"point": {"latitude": latitude, "longitude": longitude}, "place_precision": "PLACE_PRECISION_LOT"}
    ours[number] = incidents.call("OpenIncident", CENTRE, request_id="call-" + number, call={"received_time": moment(at)}, place=place).incident_id


def order(number, unit=None, reason=None):
    before = orders_of(number)
    if before and before[-1].state != incident_pb2.ASSIGNMENT_STATE_CANCELLED:
        return  # ordered before: this event comes again
    advice = dispatches.call("RecommendUnits", CENTRE, incident_id=ours[number]).recommendation
    best = advice.candidates[0] if advice.candidates else None
    say(advice=best and best.unit_id, number=number, seconds=best and round(best.eta_p50_seconds), why=[r.words.ja for r in best.reasons] if best else [])
    if best or unit:  # nobody is free: the dispatcher decides, and sends the event again
        dispatches.call("AssignUnit", CENTRE, request_id=f"order-{number}-{len(before)}", incident_id=ours[number], unit_id=unit or best.unit_id,
                        recommendation_id=advice.recommendation_id, override_reason={"table": "override-reason", "value": reason} if reason else None)


def state(number, kind, at):
    if not (orders := orders_of(number)):
        raise ValueError(f"nobody was ordered for {number}")
    order = orders[-1]
    incidents.call("ReportMilestone", CENTRE, request_id=f"state-{number}-{kind}-{at}", incident_id=ours[number], assignment_id=order.assignment_id,
                   order_token=order.order_token, kind="MILESTONE_KIND_" + kind, occurred_time=moment(at))


EVENTS = {"on-duty": on_duty, "call": call, "order": order, "state": state}
threading.Thread(target=watch_orders, daemon=True).start()
for line, text in enumerate(sys.stdin, 1):
    try:
        fields = json.loads(text)
        event = fields.pop("event")
        if event not in EVENTS:
            raise ValueError(f"no such event: {event}")
        EVENTS[event](**fields)
        say(done=event, number=fields.get("number", fields.get("unit")))
    except (Refused, ValueError, TypeError, KeyError, AttributeError) as error:
        sys.exit(f"events line {line}: {type(error).__name__} {error}")
time.sleep(2)  # the last order comes back over the watch
