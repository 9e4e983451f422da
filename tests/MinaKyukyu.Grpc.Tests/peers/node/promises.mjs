// How a scenario says what it found.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { SERVICE, grpc, read } from './peer.mjs';

// Milliseconds: what hangs must end, and a busy machine must not end what only lasts.
export const PATIENCE = 60_000;

export const kept = (promise) => console.log(promise);

export function same(got, expected) {
  assert.deepEqual(got, expected, `expected ${show(expected)}, got ${show(got)}`);
}

const show = (value) => (JSON.stringify(value) ?? String(value)).slice(0, 200);

export async function refused(code, call) {
  let answer;
  try {
    answer = await call;
  } catch (error) {
    same(error.code === code ? code : `${error.code} ${error.message}`, code);
    return error;
  }
  throw new Error(`expected ${code}, got ${show(answer)}`);
}

export async function comesTrue(what, isSo) {
  for (let turn = 0; turn < PATIENCE / 50; turn += 1) {
    if (await isSo()) return;
    await pause(50);
  }
  throw new Error(`expected that ${what}`);
}

/** The next message of a stream; undefined after the last. */
export const next = async (reader) => (await reader.next()).value;

/** The echo service as a client sees it. */
export class Client {
  constructor(settings, more = {}) {
    const credentials = settings.ca
      ? grpc.credentials.createSsl(read(settings.ca), read(settings.key), read(settings.cert))
      : grpc.credentials.createInsecure();
    const [address] = settings.positionals;
    this.settings = settings;
    this.stub = new grpc.Client(address, credentials, { 'grpc.enable_http_proxy': 0, ...more });
  }

  /** One call that answers once: its answer, headers and trailers. */
  whole(request, { timeout = PATIENCE, metadata = new grpc.Metadata(), path = `/${SERVICE}/Unary` } = {}) {
    return new Promise((resolve, reject) => {
      const found = {};
      const call = this.stub.makeUnaryRequest(
        path,
        Buffer.from,
        Buffer.from,
        Buffer.from(request),
        metadata,
        within(timeout),
        (error, answer) => (error ? reject(error) : (found.answer = answer)),
      );
      call.on('metadata', (headers) => (found.headers = headers));
      call.on('status', (status) => resolve({ ...found, trailers: status.metadata }));
    });
  }

  async unary(request, more) {
    return (await this.whole(request, more)).answer;
  }

  async text(words, more) {
    return (await this.unary(words, more)).toString();
  }

  collect(requests) {
    return new Promise((resolve, reject) => {
      const call = this.stub.makeClientStreamRequest(
        `/${SERVICE}/Collect`,
        Buffer.from,
        Buffer.from,
        new grpc.Metadata(),
        within(PATIENCE),
        (error, answer) => (error ? reject(error) : resolve(answer)),
      );
      for (const request of requests) call.write(Buffer.from(request));
      call.end();
    });
  }

  spread(request, timeout = PATIENCE) {
    const path = `/${SERVICE}/Spread`;
    return this.stub.makeServerStreamRequest(
      path,
      Buffer.from,
      Buffer.from,
      Buffer.from(request),
      new grpc.Metadata(),
      within(timeout),
    );
  }

  talk() {
    const metadata = new grpc.Metadata();
    return this.stub.makeBidiStreamRequest(`/${SERVICE}/Talk`, Buffer.from, Buffer.from, metadata, within(PATIENCE));
  }

  async isUsable() {
    same(await this.text('still there'), 'still there');
    kept('the connection is still usable');
  }
}

const within = (timeout) => (timeout === null ? {} : { deadline: Date.now() + timeout });
