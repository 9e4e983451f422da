// Scenarios about the life of streams: kinds of call, cancellation, a server that stops, many streams, a slow reader.
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { SERVICE, grpc } from './peer.mjs';
import { PATIENCE, comesTrue, kept, next, refused, same } from './promises.mjs';

const MANY = 10_000;
const range = (count) => Array.from({ length: count }, (_, index) => index);
const all = async (stream) => (await stream.toArray()).map(String);
const reader = (stream) => stream[Symbol.asyncIterator]();

export async function callKinds(client) {
  for (const length of [0, 1, 16_384, 300_000]) {
    same(await client.unary(Buffer.alloc(length, 'x')), Buffer.alloc(length, 'x'));
  }
  kept('unary');

  same(String(await client.collect(['a', '', 'bc'])), 'abc');
  same(String(await client.collect([])), '');
  const words = range(MANY).map((index) => `${index},`);
  same(String(await client.collect(words)), words.join(''));
  kept('client streaming');

  same(await all(client.spread('abc')), ['a', 'b', 'c']);
  same(await all(client.spread('')), []);
  same((await all(client.spread('z'.repeat(MANY)))).length, MANY);
  kept('server streaming');

  const turns = client.talk();
  const answers = reader(turns);
  for (const index of range(100)) {
    turns.write(Buffer.from(`${index}`));
    same(String(await next(answers)), `${index}`);
  }
  turns.end();
  same(await next(answers), undefined);
  kept('duplex streaming');

  const atOnce = client.talk();
  for (const word of words) atOnce.write(Buffer.from(word));
  atOnce.end();
  same(await all(atOnce), words);
  kept('10,000 messages each way on one stream');
}

export async function cancellation(client) {
  let unaryCall;
  const unary = new Promise((_, reject) => {
    const words = Buffer.from('sleep 50000');
    unaryCall = client.stub.makeUnaryRequest(`/${SERVICE}/Unary`, Buffer.from, Buffer.from, words, reject);
  });
  const spread = client.spread('forever');
  const spreadAnswers = reader(spread);
  same(String(await next(spreadAnswers)), 'forever');
  const talk = client.talk();
  const talkAnswers = reader(talk);
  talk.write(Buffer.from('wait'));
  same(String(await next(talkAnswers)), 'wait');
  await comesTrue('the unary call has begun', async () => (await client.text('sleepers')) === '1');

  unaryCall.cancel();
  await refused(grpc.status.CANCELLED, unary);
  kept('a unary call is cancelled');
  spread.cancel();
  await refused(grpc.status.CANCELLED, next(spreadAnswers));
  kept('a stream of answers is cancelled');
  talk.cancel();
  await refused(grpc.status.CANCELLED, next(talkAnswers));
  kept('a stream both ways is cancelled');

  await comesTrue('the server saw all three', async () => (await client.text('cancellations')) === '3');
  kept('the server saw all three');
}

export async function goaway(client) {
  const talk = client.talk();
  const answers = reader(talk);
  const says = async (word) => {
    talk.write(Buffer.from(word));
    same(String(await next(answers)), word);
  };
  await says('1');
  kept('a stream is open');

  await once(process.stdin, 'data');
  process.stdin.destroy();
  await says('2');
  kept('the stream goes on');

  await comesTrue('new calls are refused', async () => {
    try {
      same(await client.text('still open'), 'still open');
      return false;
    } catch (error) {
      same(error.code ?? error.message, grpc.status.UNAVAILABLE);
      return true;
    }
  });
  kept('new calls are refused');

  await says('3');
  talk.end();
  same(await next(answers), undefined);
  kept('the stream ends well');
}

export async function manyStreams(client) {
  const openOne = async (index) => {
    const call = client.talk();
    const answers = reader(call);
    call.write(Buffer.from(`${index}`));
    same(String(await next(answers)), `${index}`);
    return { call, answers };
  };
  const calls = await Promise.all(range(1_000).map(openOne));
  same(await client.text('peak'), '1000');
  kept('1,000 streams are open at once');

  const end = async ({ call, answers }) => {
    call.end();
    same(await next(answers), undefined);
  };
  await Promise.all(calls.map(end));
  kept('1,000 streams ended well');
}

export async function slowReader(client) {
  const many = 20_000;
  const answers = reader(client.spread(`flood ${many} 1000`));
  same((await next(answers)).readInt32BE(), 0);
  let [last, unchanged] = [-1, 0];
  for (const begun = Date.now(); unchanged < 10 && Date.now() - begun < PATIENCE; await pause(100)) {
    const written = Number(await client.text('written'));
    unchanged = written === last ? unchanged + 1 : 0;
    last = written;
  }
  same(last > 0 && last <= many / 2 ? 'held back' : last, 'held back');
  kept('the writer is held back');

  for (let index = 1; index < many; index += 1) same((await next(answers)).readInt32BE(), index);
  same(await next(answers), undefined);
  same(await client.text('written'), `${many}`);
  kept('all messages arrived in order');
}
