import { performance } from 'node:perf_hooks';
import type { Edge } from './edge';
import { sleep } from '../../support/loopback';
import type { RawAnswer, RawRequest } from './raw-http';

/** What became of a number of requests. */
export interface Outcome {
  readonly admitted: number;
  readonly refused: number;
  /** From the first to the last. */
  readonly seconds: number;
}

/** Sends requests all at once. */
export async function burst(edge: Edge, count: number, request: RawRequest = {}): Promise<Outcome> {
  const begin = performance.now();
  const answers = await Promise.all(Array.from({ length: count }, () => edge.https(request)));
  return outcome(answers, begin);
}

/** Sends requests one after the other, at a steady pace. */
export async function steadily(edge: Edge, count: number, everyMillis: number, request: RawRequest): Promise<Outcome> {
  const begin = performance.now();
  const answers: Promise<RawAnswer>[] = [];
  for (let sent = 0; sent < count; sent += 1) {
    await sleep(Math.max(0, begin + sent * everyMillis - performance.now()));
    answers.push(edge.https(request));
  }
  return outcome(await Promise.all(answers), begin);
}

function outcome(answers: readonly RawAnswer[], begin: number): Outcome {
  const counted = (status: number): number => answers.filter((answer) => answer.status === status).length;
  const result = { admitted: counted(200), refused: counted(429), seconds: (performance.now() - begin) / 1000 };
  if (result.admitted + result.refused !== answers.length) {
    throw new Error(`neither 200 nor 429: ${answers.map(({ status }) => status).join()}`);
  }
  return result;
}
