// Feeds a command system's events to Mina-Kyukyu and follows its orders: a start for an adapter of your own (../README.md).
//
//     node command_system.mjs HOST:PORT PROTOS < events      events and answers are JSON lines, as in ../day.jsonl
//
// Nothing is remembered here. Request ids are made of the command system's own numbers and orders are read from the service, so
// after a crash the same events may simply be sent again: what has had its effect has no second one.
import { createInterface } from 'node:readline/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import grpc from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';

const [address, protos] = process.argv.slice(2);
const files = ['crew', 'dispatch', 'incident'].map(room => `minakyukyu/${room}/v1/${room}_service.proto`);
const loaded = loadSync(files, { includeDirs: [protos], keepCase: true, longs: String, enums: String, defaults: true });
const { crew, dispatch, incident } = grpc.loadPackageDefinition(loaded).minakyukyu;
const credentials = grpc.credentials.createInsecure();
const crews = new crew.v1.CrewService(address, credentials);
const dispatches = new dispatch.v1.DispatchService(address, credentials);
const incidents = new incident.v1.IncidentService(address, credentials);
const ours = new Map(); // number of the command system -> ours

const identity = fields => Object.entries(fields).reduce((all, [key, value]) => (all.set(key, value), all), new grpc.Metadata());
// For demonstrations. In service: TLS, and authorization: "Bearer " + token of the department's issuer.
const CENTRE = identity({ 'mina-device-id': 'console-1', 'mina-role': 'dispatcher' });
const OUTCOME_UNKNOWN = [grpc.status.UNAVAILABLE, grpc.status.DEADLINE_EXCEEDED];
const moment = seconds => ({ seconds: Math.trunc(seconds), nanos: Math.trunc((seconds % 1) * 1e9) });
const say = words => console.log(JSON.stringify(words));

/** Repeats, with the same request id, while the outcome is unknown; a refusal is final. */
async function call(client, name, fields, who = CENTRE) {
  for (const seconds of [0.5, 1, 2, 5, 10, null]) {
    try {
      return await new Promise((done, failed) =>
        client[name](fields, who, { deadline: Date.now() + 5_000 }, (error, answer) => (error ? failed(error) : done(answer))));
    } catch (error) {
      if (!OUTCOME_UNKNOWN.includes(error.code) || seconds === null) throw error;
      await sleep(seconds * 1_000);
    }
  }
}

/** Tells each order as it is given or ends; when the line breaks it goes on behind the last revision that it saw. */
async function watchOrders(told = new Map(), revision = 0) {
  for (;;) {
    try {
      for await (const change of incidents.WatchIncidents({ after_revision: revision }, CENTRE)) {
        revision = change.revision;
        for (const order of change.incident.assignments.filter(o => told.get(o.order_token) !== o.state)) {
          told.set(order.order_token, order.state);
          say({ order: order.unit_id, state: order.state });
        }
      }
    } catch {
      await sleep(1_000);
    }
  }
}

async function orderOf(number) {
  const { incident } = await call(incidents, 'GetIncident', { incident_id: ours.get(number) });
  return incident.assignments.find(order => order.state === 'ASSIGNMENT_STATE_ACTIVE');
}

async function feed({ event, number, unit, kind, at, ...point }) {
  if (event === 'on-duty') { // until the unit's own tablet signs on
    const tablet = identity({ 'mina-device-id': `tablet-${unit}`, 'mina-crew-id': `crew-${unit}`, 'mina-role': 'crew' });
    await call(crews, 'SignOn', { request_id: `duty-${unit}`, unit_id: unit }, tablet);
  } else if (event === 'call') {
    const opened = await call(incidents, 'OpenIncident', { request_id: `call-${number}`, call: { received_time: moment(at) },
      place: { point, place_precision: 'PLACE_PRECISION_LOT' } });
    ours.set(number, opened.incident_id);
  } else if (event === 'order' && !(await orderOf(number))) {
    const { recommendation: advice } = await call(dispatches, 'RecommendUnits', { incident_id: ours.get(number) });
    const best = advice.candidates[0];
    say({ advice: best.unit_id, seconds: Math.round(best.eta_p50_seconds), why: best.reasons.map(reason => reason.words.ja) });
    await call(dispatches, 'AssignUnit', { request_id: `order-${number}`, incident_id: ours.get(number),
      unit_id: unit ?? best.unit_id, recommendation_id: advice.recommendation_id });
  } else if (event === 'state') {
    const order = await orderOf(number);
    await call(incidents, 'ReportMilestone', { request_id: `state-${number}-${kind}`, incident_id: ours.get(number),
      assignment_id: order.assignment_id, order_token: order.order_token, kind: `MILESTONE_KIND_${kind}`,
      occurred_time: moment(at) });
  }
  say({ done: event, number: number ?? unit });
}

watchOrders();
for await (const line of createInterface({ input: process.stdin })) await feed(JSON.parse(line));
await sleep(2_000); // the last order comes back over the watch
process.exit(0);
