// What both scripts of this peer need: the library, the options, the types of google.rpc.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const { default: grpc } = await library('@grpc/grpc-js');
const { default: protobuf } = await library('protobufjs');
await library('protobufjs/ext/descriptor/index.js');

export { grpc };
export const SERVICE = 'minakyukyu.test.v1.Echo';
export const DETAILS = 'grpc-status-details-bin';
export const SENTENCE = '救急車は出動中です(100 %)';

async function library(name) {
  try {
    return await import(name);
  } catch (error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    console.error(`this test needs ${name}: npm ci in tests/MinaKyukyu.Grpc.Tests/peers/node`);
    process.exit(1);
  }
}

export function options() {
  const text = { type: 'string' };
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { ca: text, cert: text, key: text, descriptors: text, 'resets-late': { type: 'boolean' } },
  });
  return { ...values, positionals };
}

export const read = (path) => (path === undefined ? null : readFileSync(path));

/** The bytes of the status that every side of these tests builds on its own, and what takes such bytes apart. */
export function richStatus(descriptors) {
  const root = protobuf.Root.fromDescriptor(read(descriptors));
  const type = (name) => root.lookupType(name);
  // From descriptors protobufjs makes a map what it is on the wire: a list of pairs.
  const metadata = [{ key: 'unit', value: 'A1' }];
  const details = [
    ['google.rpc.ErrorInfo', { reason: 'UNIT_BUSY', domain: 'minakyukyu.example', metadata }],
    ['google.rpc.LocalizedMessage', { locale: 'ja', message: SENTENCE }],
    ['google.rpc.BadRequest', { field_violations: [{ field: 'unit_id', description: 'busy' }] }],
    ['google.rpc.RetryInfo', { retry_delay: { seconds: 2, nanos: 500_000_000 } }],
  ];
  const plain = { code: 9, message: SENTENCE, details };
  const anys = details.map(([name, value]) => ({
    type_url: `type.googleapis.com/${name}`,
    value: type(name).encode(type(name).fromObject(value)).finish(),
  }));
  const Status = type('google.rpc.Status');
  const takeApart = (bytes) => {
    const { code, message, details: packed } = Status.decode(bytes);
    const unpacked = packed.map((any) => {
      const name = any.type_url.split('/').pop();
      return [name, type(name).toObject(type(name).decode(any.value), { longs: Number })];
    });
    return { code, message, details: unpacked };
  };
  const bytes = Buffer.from(Status.encode(Status.fromObject({ ...plain, details: anys })).finish());
  return { plain, bytes, takeApart };
}
