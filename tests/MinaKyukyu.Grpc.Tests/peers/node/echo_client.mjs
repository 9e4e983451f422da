// An outside witness: grpc-js's client against the echo service (peers/README.md).
import * as answers from './answers.mjs';
import { options } from './peer.mjs';
import { Client } from './promises.mjs';
import * as streams from './streams.mjs';

const scenarios = {
  'call-kinds': streams.callKinds,
  cancellation: streams.cancellation,
  goaway: streams.goaway,
  'many-streams': streams.manyStreams,
  'slow-reader': streams.slowReader,
  deadlines: answers.deadlines,
  metadata: answers.metadata,
  'rare-metadata': answers.rareMetadata,
  errors: answers.errors,
  compression: answers.compression,
  tls: answers.tls,
  'tls-refused': answers.tlsRefused,
};

const settings = options();
const [, scenario] = settings.positionals;
try {
  await scenarios[scenario](new Client(settings));
  process.exit(0);
} catch (error) {
  console.error(error.stack);
  process.exit(1);
}
