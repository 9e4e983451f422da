// Calls the health service at ?grpc=ORIGIN as a page of another origin does, and tells this page's own server which promises were kept.
import { createFileRegistry, fromBinary } from '@bufbuild/protobuf';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import { Code, ConnectError, createClient } from '@connectrpc/connect';
import { createGrpcWebTransport } from '@connectrpc/connect-web';

const told = { kept: [], broken: null };

function same(got, expected) {
  if (JSON.stringify(got) !== JSON.stringify(expected)) {
    throw new Error(`expected ${JSON.stringify(expected)}, got ${JSON.stringify(got)}`);
  }
}

async function refused(code, call) {
  try {
    await call();
  } catch (error) {
    const refusal = ConnectError.from(error);
    same(Code[refusal.code], Code[code]);
    return refusal;
  }
  throw new Error(`expected ${Code[code]}`);
}

async function run() {
  const files = new Uint8Array(await (await fetch('/descriptors')).arrayBuffer());
  const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, files));
  const baseUrl = new URLSearchParams(location.search).get('grpc');
  const health = createClient(registry.getService('grpc.health.v1.Health'), createGrpcWebTransport({ baseUrl }));
  const promises = {
    async unary() {
      same((await health.check({ service: '' })).status, 1);
    },
    async 'server streaming'() {
      const statuses = [];
      for await (const answer of health.watch({ service: 'flood 10000' })) statuses.push(answer.status);
      same(statuses.length, 10_000);
    },
    async 'a message is read before the next is written'() {
      const watch = health.watch({ service: 'turns' })[Symbol.asyncIterator]();
      for (let turn = 0; turn < 5; turn++) {
        same((await watch.next()).done, false);
        await health.check({ service: 'turn' });
      }
      same((await watch.next()).done, true);
    },
    async metadata() {
      let header, trailer;
      await health.check({ service: 'metadata' }, {
        headers: { word: 'hello', 'bytes-bin': btoa('\x00\xff') },
        onHeader: headers => (header = headers),
        onTrailer: trailers => (trailer = trailers),
      });
      same(header.get('echo-word'), 'hello');
      same(atob(trailer.get('last-bytes-bin')), '\x00\xff');
    },
    async 'rich errors'() {
      const refusal = await refused(Code.FailedPrecondition, () => health.check({ service: 'rich' }));
      same(refusal.rawMessage, '救急車は出動中です(100 %)');
      same(refusal.findDetails(registry.getMessage('google.rpc.ErrorInfo')).map(info => info.reason), ['UNIT_BUSY']);
      same(refusal.findDetails(registry.getMessage('google.rpc.LocalizedMessage')).map(text => text.locale), ['ja']);
    },
    async 'an error behind messages'() {
      let count = 0;
      await refused(Code.Aborted, async () => {
        for await (const _ of health.watch({ service: 'abort 3' })) count++;
      });
      same(count, 3);
    },
    async 'what nobody expected'() {
      const refusal = await refused(Code.Unknown, () => health.check({ service: 'throw' }));
      same(refusal.rawMessage.includes('secret'), false);
    },
    async deadline() {
      await refused(Code.DeadlineExceeded, () => health.check({ service: 'sleep' }, { timeoutMs: 300 }));
    },
    async cancellation() {
      const stop = new AbortController();
      await refused(Code.Canceled, async () => {
        for await (const _ of health.watch({ service: 'forever' }, { signal: stop.signal })) stop.abort();
      });
      let seen = '0';
      for (let i = 0; i < 100 && seen === '0'; i++) {
        await health.check({ service: 'cancellations' }, { onHeader: headers => (seen = headers.get('count')) });
        await new Promise(done => setTimeout(done, 100));
      }
      same(seen, '1');
    },
    async 'an unknown method'() {
      const elsewhere = createClient(registry.getService('grpc.health.v1.Health'),
        createGrpcWebTransport({ baseUrl: `${baseUrl}/nowhere` }));
      await refused(Code.Unimplemented, () => elsewhere.check({ service: '' }));
    },
  };
  for (const [name, keep] of Object.entries(promises)) {
    try {
      await keep();
    } catch (error) {
      throw new Error(`${name}: ${error.stack}`);
    }
    told.kept.push(name);
  }
}

run().catch(error => (told.broken = String(error.message))).finally(() =>
  fetch('/told', { method: 'POST', body: JSON.stringify(told) }));
