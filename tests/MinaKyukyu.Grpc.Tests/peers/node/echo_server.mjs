// An outside witness: grpc-js's server with the echo service (peers/README.md).
import { createInterface } from 'node:readline';
import { DETAILS, SENTENCE, SERVICE, grpc, options, read, richStatus } from './peer.mjs';

const settings = options();
const counts = { cancellations: 0, open: 0, peak: 0, written: 0 };

function wordsOf(request) {
  const text = request.toString('utf8');
  const [first, second, ...rest] = text.split(' ');
  return [first, second, rest.join(' ')];
}

/** Counts the calls that end before their method has ended them; grpc-js says "cancelled" of every stream that closes. */
function watch(call) {
  const watched = { isEnded: false };
  call.on('cancelled', () => (counts.cancellations += watched.isEnded ? 0 : 1));
  return watched;
}

function secondsLeft(call) {
  const deadline = call.getDeadline();
  return deadline === Infinity ? 'none' : `${Math.floor((Number(deadline) - Date.now()) / 1000)}`;
}

function metadataBack(call) {
  const [headers, trailers] = [new grpc.Metadata(), new grpc.Metadata()];
  for (const key of Object.keys(call.metadata.getMap()).filter((key) => key.startsWith('echo-'))) {
    for (const value of call.metadata.get(key)) {
      headers.add(key, value);
      trailers.add(`last-${key}`, value);
    }
  }
  call.sendMetadata(headers);
  return trailers;
}

const refusal = (words) => ({ code: Number(words[1]), details: words[2] });

function richRefusal() {
  const metadata = new grpc.Metadata();
  metadata.set(DETAILS, richStatus(settings.descriptors).bytes);
  return { code: grpc.status.FAILED_PRECONDITION, details: SENTENCE, metadata };
}

function unary(call, answer) {
  const watched = watch(call);
  const callback = (...outcome) => {
    watched.isEnded = true;
    answer(...outcome);
  };
  const words = wordsOf(call.request);
  switch (words[0]) {
    case 'sleep':
      setTimeout(() => callback(null, Buffer.alloc(Number(words[2]) || 1)), Number(words[1])).unref();
      return;
    case 'deadline':
      return callback(null, Buffer.from(secondsLeft(call)));
    case 'cancellations':
    case 'peak':
    case 'written':
      return callback(null, Buffer.from(`${counts[words[0]]}`));
    case 'metadata':
      return callback(null, call.request, metadataBack(call));
    case 'refuse':
      return callback(refusal(words));
    case 'rich':
      return callback(richRefusal());
    case 'throw':
      throw new Error('a secret');
    default:
      callback(null, call.request);
  }
}

function collect(call, callback) {
  const watched = watch(call);
  const all = [];
  call.on('data', (request) => all.push(request));
  call.on('end', () => {
    watched.isEnded = true;
    callback(null, Buffer.concat(all));
  });
}

/** Ends when the transport has taken the message. */
const write = (call, message) => new Promise((taken) => call.write(message, taken));

async function spread(call) {
  const watched = watch(call);
  const end = (how) => {
    watched.isEnded = true;
    how();
  };
  const words = wordsOf(call.request);
  switch (words[0]) {
    case 'flood':
      for (let index = 0; index < Number(words[1]) && !call.cancelled; index += 1) {
        const message = Buffer.alloc(Number(words[2]));
        message.writeInt32BE(index);
        await write(call, message);
        counts.written += 1;
      }
      return end(() => call.end());
    case 'forever':
      return void (await write(call, call.request));
    case 'refuse':
      await write(call, call.request);
      return end(() => call.emit('error', refusal(words)));
    default:
      for (const one of call.request) await write(call, Buffer.of(one));
      end(() => call.end());
  }
}

function talk(call) {
  const watched = watch(call);
  counts.open += 1;
  counts.peak = Math.max(counts.peak, counts.open);
  let waits = false;
  call.on('data', (request) => {
    waits = request.equals(Buffer.from('wait'));
    if (!call.write(request)) {
      call.pause();
      call.once('drain', () => call.resume());
    }
  });
  call.on('end', () => {
    counts.open -= 1;
    if (waits) return;
    watched.isEnded = true;
    call.end();
  });
}

const bytes = { requestSerialize: Buffer.from, requestDeserialize: Buffer.from };
const both = { ...bytes, responseSerialize: Buffer.from, responseDeserialize: Buffer.from };
const method = (name, requestStream, responseStream) => ({
  path: `/${SERVICE}/${name}`,
  requestStream,
  responseStream,
  ...both,
});

const server = new grpc.Server();
server.addService(
  {
    Unary: method('Unary', false, false),
    Collect: method('Collect', true, false),
    Spread: method('Spread', false, true),
    Talk: method('Talk', true, true),
  },
  { Unary: unary, Collect: collect, Spread: spread, Talk: talk },
);

const pair = { private_key: read(settings.key), cert_chain: read(settings.cert) };
const credentials = settings.ca
  ? grpc.ServerCredentials.createSsl(read(settings.ca), [pair], true)
  : grpc.ServerCredentials.createInsecure();
server.bindAsync('127.0.0.1:0', credentials, (error, port) => {
  if (error) throw error;
  console.log(port);
});

const input = createInterface({ input: process.stdin });
input.on('line', () => {
  server.tryShutdown((error) => process.exit(error ? 1 : 0));
  console.log('stopping');
});
input.on('close', () => process.exit(0));
