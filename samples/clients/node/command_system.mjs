// Feeds a command system's events to Mina-Kyukyu and follows its orders: a start for an adapter of your own (../README.md).
//
//     node command_system.mjs HOST:PORT PROTOS < events      events and answers are JSON lines, as in ../day.jsonl
//
// Nothing is remembered here. Request ids are made of the command system's own numbers and times, and orders are read from the
// service, so after a crash the same events may simply be sent again: what has had its effect has no second one.
import { createInterface } from 'node:readline/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect, identity } from './mina.mjs';

const [address, protos] = process.argv.slice(2);
if (!protos) {
  console.error('usage: node command_system.mjs HOST:PORT PROTOS < events');
  process.exit(2);
}
const [crews, dispatches, incidents] = connect(address, protos, ['crew', 'dispatch', 'incident']);
const CENTRE = identity({ 'mina-device-id': 'console-1', 'mina-role': 'dispatcher' }); // in service: authorization: 'Bearer …'
const ours = new Map(); // number of the command system -> ours
const say = words => console.log(JSON.stringify(words));

/** Tells each order as it is given or ends; when the line breaks it goes on behind the last revision that it saw. */
async function watchOrders(told = new Map(), revision = 0) {
  for (;;) {
    try {
      for await (const change of incidents.watch('WatchIncidents', CENTRE, { after_revision: revision })) {
        revision = change.revision;
        const number = [...ours].find(([, incident]) => incident === change.incident.incident_id)?.[0] ?? null;
        for (const order of change.incident.assignments.filter(o => told.get(o.order_token) !== o.state)) {
          told.set(order.order_token, order.state);
          say({ order: order.unit_id, number, state: order.state });
        }
      }
    } catch (error) {
      console.error(`watch: ${error.details ?? error.message}; listening again`);
    }
    await sleep(1_000);
  }
}

/** proto-loader drops what it does not know; so what an event must have is asked for here. */
function need(fields, kinds) {
  for (const [name, kind] of Object.entries(kinds)) {
    if (typeof fields[name] !== kind) throw new TypeError(`'${name}' is no ${kind}`);
  }
  return fields;
}

function known(number) {
  if (!ours.has(number)) throw new Error(`no call has the number ${number}`);
  return ours.get(number);
}

const ordersOf = async number => (await incidents.call('GetIncident', CENTRE, { incident_id: known(number) })).incident.assignments;
const moment = seconds => ({ seconds: Math.trunc(seconds), nanos: Math.trunc((seconds % 1) * 1e9) });
const KINDS = ['EN_ROUTE', 'ON_SCENE', 'PATIENT_CONTACT', 'PATIENT_LOADED', 'SCENE_DEPARTURE', 'HOSPITAL_ARRIVAL', 'HANDOVER', 'CLEARED', 'BACK_AT_STATION'];

const events = {
  async 'on-duty'(fields) { // until the unit's own tablet signs on
    const { unit, at } = need(fields, { unit: 'string', at: 'number' });
    const tablet = identity({ 'mina-device-id': `tablet-${unit}`, 'mina-crew-id': `crew-${unit}`, 'mina-role': 'crew' });
    await crews.call('SignOn', tablet, { request_id: `duty-${unit}-${at}`, unit_id: unit });
  },

  async call(fields) {
    const { number, at, latitude, longitude } = need(fields, { number: 'string', at: 'number', latitude: 'number', longitude: 'number' });
    const place = { point: { latitude, longitude }, place_precision: 'PLACE_PRECISION_LOT' };
    const opened = await incidents.call('OpenIncident', CENTRE, { request_id: `call-${number}`, call: { received_time: moment(at) }, place });
    ours.set(number, opened.incident_id);
  },

  async order(fields) {
    const { number, unit, reason } = need(fields, { number: 'string' });
    const before = await ordersOf(number);
    if (before.length > 0 && before.at(-1).state !== 'ASSIGNMENT_STATE_CANCELLED') return; // ordered before: this event comes again
    const { recommendation: advice } = await dispatches.call('RecommendUnits', CENTRE, { incident_id: known(number) });
    const best = advice.candidates[0];
    const why = best?.reasons.map(r => r.words.ja) ?? [];
    say({ advice: best?.unit_id ?? null, number, seconds: best ? Math.round(best.eta_p50_seconds) : null, why });
    if (!best && !unit) return; // nobody is free: the dispatcher decides, and sends the event again
    await dispatches.call('AssignUnit', CENTRE, { request_id: `order-${number}-${before.length}`, incident_id: known(number),
      unit_id: unit ?? best.unit_id, recommendation_id: advice.recommendation_id,
      ...(reason && { override_reason: { table: 'override-reason', value: reason } }) });
  },

  async state(fields) {
    const { number, kind, at } = need(fields, { number: 'string', kind: 'string', at: 'number' });
    if (!KINDS.includes(kind)) throw new TypeError(`no such kind: ${kind}`);
    const order = (await ordersOf(number)).at(-1);
    if (!order) throw new Error(`nobody was ordered for ${number}`);
    await incidents.call('ReportMilestone', CENTRE, { request_id: `state-${number}-${kind}-${at}`, incident_id: known(number),
      assignment_id: order.assignment_id, order_token: order.order_token, kind: `MILESTONE_KIND_${kind}`, occurred_time: moment(at) });
  },
};

watchOrders();
let line = 0;
try {
  for await (const text of createInterface({ input: process.stdin })) {
    line++;
    const { event, ...fields } = JSON.parse(text);
    if (!Object.hasOwn(events, event)) throw new Error(`no such event: ${event}`);
    await events[event](fields);
    say({ done: event, number: fields.number ?? fields.unit });
  }
} catch (error) {
  console.error(`events line ${line}: ${error.name} ${error.message}`);
  process.exit(1);
}
await sleep(2_000); // the last order comes back over the watch
process.exit(0);
