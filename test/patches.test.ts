import { ApiObject, App, JsonPatch } from 'cdk8s';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { examplePrograms } from './support/programs';

/** The app of a program, as it is when the program writes it. */
async function appOf(program: string): Promise<App> {
  const apps: App[] = [];
  const synth = vi.spyOn(App.prototype, 'synth').mockImplementation(function (this: App) {
    apps.push(this);
  });
  try {
    // With the query, the program runs also where another test has imported it.
    await import(`${join(__dirname, '..', program)}?patches`);
  } finally {
    synth.mockRestore();
  }
  const [app] = apps;
  if (app === undefined) {
    throw new Error(`${program} writes no app`);
  }
  return app;
}

/** A member that may be a number or a text, wherever Kubernetes and the custom resources have one. */
const NUMBER_OR_TEXT = /^(port|targetPort|number|maxUnavailable|maxSurge|cpu|memory|storage|average|burst)$/;

function numbersOrTexts(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([name, member]: [string, unknown]) => {
    const at = `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const isScalar = typeof member === 'string' || typeof member === 'number';
    return isScalar && NUMBER_OR_TEXT.test(name) ? [at] : numbersOrTexts(member, at);
  });
}

describe.each(examplePrograms().map(({ program }) => program))('the objects of %s', (program) => {
  it('take a JSON patch and lose nothing', async () => {
    const app = await appOf(program);
    const objects = app.node.findAll().filter((construct): construct is ApiObject => ApiObject.isApiObject(construct));
    expect(objects.length).toBeGreaterThan(3);
    for (const object of objects) {
      const before: unknown = object.toJson();
      const paths = numbersOrTexts(before);
      const patches = [
        JsonPatch.add('/newerField', { port: 1, percentage: '10%' }),
        ...paths.flatMap((path) => [JsonPatch.replace(path, 'a text'), JsonPatch.replace(path, 8081)]),
      ];
      object.addJsonPatch(...patches);
      const after: unknown = JsonPatch.apply(structuredClone(before), ...patches);
      expect(object.toJson(), object.node.path).toEqual(after);
    }
  });
});
