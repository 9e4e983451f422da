// How a program speaks to Mina-Kyukyu: who it is, when it asks again, and what a refusal says. Nothing here is about ambulances.
import { setTimeout as sleep } from 'node:timers/promises';
import grpc from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import protobuf from 'protobufjs';

const OUTCOME_UNKNOWN = [grpc.status.UNAVAILABLE, grpc.status.DEADLINE_EXCEEDED];
const PATIENCE = 60_000; // then somebody has to look
const nameOf = code => Object.keys(grpc.status).find(name => grpc.status[name] === code);

/** Final: the same request would be refused again. The reasons are those of docs/API.md. */
export class Refused extends Error {
  constructor(method, error, rpc) {
    const [bytes] = error.metadata?.get('grpc-status-details-bin') ?? [];
    const said = { info: {}, ja: {} };
    for (const any of bytes ? rpc.lookupType('google.rpc.Status').decode(bytes).details : []) {
      if (any.type_url.endsWith('ErrorInfo')) said.info = rpc.lookupType('google.rpc.ErrorInfo').decode(any.value);
      if (any.type_url.endsWith('LocalizedMessage')) said.ja = rpc.lookupType('google.rpc.LocalizedMessage').decode(any.value);
    }
    const field = said.info.metadata?.field ? ` (${said.info.metadata.field})` : '';
    super(`${method}: ${nameOf(error.code)} ${said.info.reason ?? ''}${field} ${said.ja.message || error.details}`);
    this.name = 'Refused';
  }
}

/** The services of some rooms of the wire, such as `crew`, at one address. */
export function connect(address, protos, rooms) {
  const files = rooms.map(room => `minakyukyu/${room}/v1/${room}_service.proto`);
  const loaded = loadSync(files, { includeDirs: [protos], keepCase: true, longs: String, enums: String, defaults: true });
  const wire = grpc.loadPackageDefinition(loaded).minakyukyu;
  const rpc = new protobuf.Root();
  rpc.resolvePath = (_, file) => (file.startsWith('google/protobuf') ? file : `${protos}/third_party/${file}`);
  rpc.loadSync(['google/rpc/status.proto', 'google/rpc/error_details.proto']);
  // For demonstrations. In service: grpc.credentials.createSsl() to the address of the pages, and a token (../README.md).
  const credentials = grpc.credentials.createInsecure();
  return rooms.map(room => {
    const name = `${room[0].toUpperCase()}${room.slice(1)}Service`;
    return new Service(new wire[room].v1[name](address, credentials, { 'grpc.max_reconnect_backoff_ms': 1_000 }), rpc);
  });
}

export const identity = fields => Object.entries(fields).reduce((all, [key, value]) => (all.set(key, value), all), new grpc.Metadata());

class Service {
  constructor(client, rpc) { Object.assign(this, { client, rpc }); }

  /** Asks again, with the same request id, while the outcome is unknown. */
  async call(method, who, fields) {
    for (const until = Date.now() + PATIENCE; ;) {
      try {
        return await new Promise((done, failed) =>
          this.client[method](fields, who, { deadline: Date.now() + 5_000 }, (error, answer) => (error ? failed(error) : done(answer))));
      } catch (error) {
        if (error.code === undefined) throw error; // the request itself cannot be written
        if (!OUTCOME_UNKNOWN.includes(error.code) || Date.now() > until) throw new Refused(method, error, this.rpc);
        console.error(`${method}: ${nameOf(error.code)}; asking again`);
        await sleep(1_000);
      }
    }
  }

  watch(method, who, fields) { return this.client[method](fields, who); }
}
