import { sleep } from '../../support/loopback';
import { ServingProcess } from '../../support/serving-process';

/**
 * Asks until there is an answer. Fails with what was waited for, or at once when a program of the test has ended. Waits long: a busy machine
 * is slow and not wrong.
 */
export async function eventually<Result>(
  what: string,
  ask: () => Promise<Result | undefined>,
  seconds = 240,
): Promise<Result> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    ServingProcess.requireAllRunning();
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
