// Scenarios about what a call says: deadlines, metadata, errors, compression, TLS.
import { DETAILS, SENTENCE, SERVICE, grpc, richStatus } from './peer.mjs';
import { Client, comesTrue, kept, next, refused, same } from './promises.mjs';

const MISCHIEF = '100 % 出動中\n%41 %zz "終"\t~';
const { status } = grpc;

export async function deadlines(client) {
  const left = Number(await client.text('deadline', { timeout: 100_000 }));
  same(left >= 60 && left <= 100 ? 'about 100' : left, 'about 100');
  kept('the server sees the deadline');
  same(await client.text('deadline', { timeout: null }), 'none');
  kept('no deadline is none');

  await refused(status.DEADLINE_EXCEEDED, client.unary('sleep 80000', { timeout: 1_000 }));
  kept('a call ends at its deadline');
  const answers = client.spread('forever', 3_000)[Symbol.asyncIterator]();
  same(String(await next(answers)), 'forever');
  await refused(status.DEADLINE_EXCEEDED, next(answers));
  kept('a stream ends at its deadline');

  await comesTrue('the server saw both cancelled', async () => Number(await client.text('cancellations')) >= 2);
  kept('the server saw both cancelled');

  const outcome = async (index) => {
    try {
      // 60,000 bytes are several frames, so that some deadlines fall between the first and the last of them.
      same((await client.unary('sleep 60 60000', { timeout: 30 + index })).length, 60_000);
      return status.OK;
    } catch (error) {
      return error.code ?? error.message;
    }
  };
  const outcomes = await Promise.all(Array.from({ length: 300 }, (_, index) => outcome(index)));
  const ends = [status.OK, status.DEADLINE_EXCEEDED];
  if (client.settings['resets-late']) ends.push(status.CANCELLED);
  const others = outcomes.filter((code) => !ends.includes(code));
  same(others, []);
  same(outcomes.includes(status.DEADLINE_EXCEEDED), true);
  kept('an answer at the deadline is an answer or a deadline');
  await client.isUsable();
}

export async function metadata(client) {
  const sent = [
    ['echo-word', 'one'],
    ['echo-word', 'two, three'],
    ['echo-sign', '~!@#$%^&*()_+{}|:"<>?'],
    ['echo-all-bin', Buffer.from(Array.from({ length: 256 }, (_, index) => index))],
    ['echo-one-bin', Buffer.of(1)],
    ['echo-two-bin', Buffer.of(1, 2)],
    ['echo-commas-bin', Buffer.from(',,,')],
  ];
  const { expected, headers, trailers } = await metadataBack(client, sent);
  same(headers, expected);
  kept('metadata come back as headers');
  same(trailers, expected);
  kept('metadata come back as trailers');

  try {
    new grpc.Metadata().add('echo-word', '出動');
  } catch {
    kept('text that is not ASCII is not sent');
  }

  for (const words of ['not-ascii', 'not-ascii-trailer']) {
    const error = await client.unary(words).then(String, (error) => error);
    const isError = [status.UNKNOWN, status.INTERNAL].includes(error.code);
    same(isError ? 'an error' : String(error), 'an error');
  }
  kept('text that is not ASCII is not answered');
  await client.isUsable();
}

export async function rareMetadata(client) {
  const empty = [
    ['echo-empty', ''],
    ['echo-none-bin', Buffer.of()],
  ];
  const several = [
    ['echo-some-bin', Buffer.of(1)],
    ['echo-some-bin', Buffer.from(',,,')],
  ];
  for (const [promise, sent] of [
    ['empty values come back', empty],
    ['several bytes of one key come back', several],
  ]) {
    const { expected, headers, trailers } = await metadataBack(client, sent);
    same(headers, expected);
    same(trailers, expected);
    kept(promise);
  }
}

async function metadataBack(client, sent) {
  const metadata = new grpc.Metadata();
  for (const [key, value] of sent) metadata.add(key, value);
  const keys = [...new Set(sent.map(([key]) => key))];
  // HTTP lets anybody on the way join the texts of one key by commas.
  const parts = (value) => (Buffer.isBuffer(value) ? [value.toString('hex')] : value.split(/ *, */));
  const values = (found, prefix) => keys.map((key) => [key, found.get(prefix + key).flatMap(parts)]);

  const { headers, trailers } = await client.whole('metadata', { metadata });
  return { expected: values(metadata, ''), headers: values(headers, ''), trailers: values(trailers, 'last-') };
}

export async function errors(client) {
  for (let code = status.CANCELLED; code <= status.UNAUTHENTICATED; code += 1) {
    same((await refused(code, client.unary(`refuse ${code} ${MISCHIEF}`))).details, MISCHIEF);
  }
  kept('every code and its sentence');

  const answers = client.spread('refuse 10 race')[Symbol.asyncIterator]();
  same(String(await next(answers)), 'refuse 10 race');
  same((await refused(status.ABORTED, next(answers))).details, 'race');
  kept('a refusal after a message');

  same((await refused(status.UNKNOWN, client.unary('throw'))).details.includes('secret'), false);
  kept('what a service throws stays with it');

  const { plain, takeApart } = richStatus(client.settings.descriptors);
  const error = await refused(status.FAILED_PRECONDITION, client.unary('rich'));
  same(error.details, SENTENCE);
  same(takeApart(error.metadata.get(DETAILS)[0]), plain);
  kept('a rich status');

  await refused(status.UNIMPLEMENTED, client.unary('', { path: `/${SERVICE}/Missing` }));
  kept('an unknown method');
  await refused(status.UNIMPLEMENTED, client.unary('', { path: '/a.B/C' }));
  kept('an unknown service');
  await refused(status.RESOURCE_EXHAUSTED, client.unary(Buffer.alloc(70_000)));
  kept('a message over the limit');
  await client.isUsable();
}

export async function compression(client) {
  const { deflate, gzip } = grpc.compressionAlgorithms;
  const packing = (algorithm) => new Client(client.settings, { 'grpc.default_compression_algorithm': algorithm });
  const packed = packing(gzip);
  same(await packed.unary(Buffer.alloc(5_000, 'x')), Buffer.alloc(5_000, 'x'));
  kept('gzip requests');
  await refused(status.UNIMPLEMENTED, packing(deflate).unary(Buffer.alloc(5_000, 'x')));
  kept('an unknown encoding is refused');
  await refused(status.RESOURCE_EXHAUSTED, packed.unary(Buffer.alloc(20_000_000)));
  kept('a bomb is refused');
  await packed.isUsable();
}

export async function tls(client) {
  same(await client.text('hello'), 'hello');
  kept('a call over TLS');
}

export async function tlsRefused(client) {
  await refused(status.UNAVAILABLE, client.text('hello'));
  kept('no call over TLS');
}
