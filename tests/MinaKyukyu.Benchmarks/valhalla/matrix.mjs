// Times Valhalla's matrix, many sources to one target, on the tiles that build_tiles.sh made.
//   node matrix.mjs CONFIG PLACES ALGORITHM
// PLACES: JSON {"sources":[{"lat","lon"},…],"targets":[…]}; each target is one question. The first is asked twice more, to warm up.
// Questions that it refuses are counted as asked and not answered.
// Prints one JSON line: milliseconds of each question, from the question as text to the answer as text, and how many were answered.
import { readFileSync } from 'node:fs';
import { Actor } from '@valhallajs/valhallajs';

const [configFile, placesFile, algorithm] = process.argv.slice(2);
const config = JSON.parse(readFileSync(configFile, 'utf8'));
config.thor.source_to_target_algorithm = algorithm;
config.service_limits.auto.max_matrix_location_pairs = 1_000_000;
for (const part of ['mjolnir', 'thor', 'loki', 'odin', 'meili']) {
  if (config[part]) config[part].logging = { type: '' };
}

const { sources, targets } = JSON.parse(readFileSync(placesFile, 'utf8'));
const actor = new Actor(config);
const milliseconds = [];
let answered = 0;
for (const [index, target] of [targets[0], targets[0], ...targets].entries()) {
  const question = JSON.stringify({ sources, targets: [target], costing: 'auto', verbose: false });
  const begun = performance.now();
  let answer;
  try {
    answer = await actor.matrix(question);
  } catch {
    // It refuses a question of which no pair has a way for a car, such as a place on a private road; that is not timed.
    continue;
  }
  if (index >= 2) {
    milliseconds.push(performance.now() - begun);
    answered += JSON.parse(answer).sources_to_targets.durations.flat().filter((time) => time !== null).length;
  }
}
console.log(JSON.stringify({ milliseconds, answered, asked: targets.length * sources.length }));
