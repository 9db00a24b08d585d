import { sleep } from '../../support/loopback';

/** Asks until there is an answer. Fails with the last error, or with what was waited for. */
export async function eventually<Result>(
  what: string,
  ask: () => Promise<Result | undefined>,
  seconds = 60,
): Promise<Result> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const result = await ask();
    if (result !== undefined) {
      return result;
    }
    if (Date.now() > deadline) {
      throw new Error(`after ${seconds} s still not: ${what}`);
    }
    await sleep(100);
  }
}
