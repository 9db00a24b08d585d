import { mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli, ERROR, WARNING } from '../../support/command-line';
import { configMap, publishing } from '../../support/publishing';

describe('cdk8s-nim publish refuses', () => {
  it('what the guardrails refuse; --no-check publishes it and says so', () => {
    publishing((place) => {
      const refused = place.publish({ 'nim.yaml': ERROR });
      expect(refused.code).toBe(1);
      expect(refused.out).toMatch(
        /^nim\.yaml:\d+: refused: service-only-api-port: Service embeddings\/text-embedding, spec\.type/m,
      );
      expect(() => statSync(place.target)).toThrow('ENOENT');
      const published = place.publish({ 'nim.yaml': ERROR }, ['--no-check']);
      expect(published.out).toContain('! the guardrails did not judge this render (--no-check)\n');
      expect(published.code).toBe(0);
    });
  });

  it('warnings only with --strict, and nothing that the configuration acknowledges', () => {
    publishing((place) => {
      place.write({ '../guardrails.yaml': 'acknowledgements: [{rule: service-only-api-port, reason: a test}]\n' });
      expect(place.publish({ 'nim.yaml': WARNING }, ['--strict']).code).toBe(1);
      expect(place.publish({ 'nim.yaml': WARNING }).code).toBe(0);
      expect(place.publish({ 'nim.yaml': ERROR }, ['--config', `${place.target}/../guardrails.yaml`]).code).toBe(0);
    });
  });

  it('an object that is rendered twice, also with --no-check', () => {
    publishing((place) => {
      const { code, out } = place.publish({ 'a.yaml': configMap('a'), 'b.yaml': configMap('a') }, ['--no-check']);
      expect(code).toBe(1);
      expect(out).toContain(
        'a.yaml: refused: ConfigMap embeddings/a is there more than once, also in b.yaml: to the API server they are one object',
      );
    });
  });

  it('an object that is in a file of somebody else', () => {
    publishing((place) => {
      place.write({ 'theirs.yaml': configMap('a') });
      const { code, out } = place.publish({ 'a.yaml': configMap('a') });
      expect(code).toBe(1);
      expect(out).toContain(
        'theirs.yaml: refused: ConfigMap embeddings/a is in this file, which publish did not write, and in a.yaml of the render: Argo CD would apply one of the two; remove one',
      );
    });
  });

  it.each([
    ['changed', { 'a.yaml': configMap('a', { a: 'by hand' }) }, 'somebody has changed it since it was published'],
    ['removed', undefined, 'somebody has removed it since it was published'],
  ])('a file that a person has %s, until it is named', (_, byHand, why) => {
    publishing((place) => {
      const next = { 'a.yaml': configMap('a', { a: 'c' }), 'b.yaml': configMap('b', { a: 'c' }) };
      place.publish({ 'a.yaml': configMap('a'), 'b.yaml': configMap('b') });
      if (byHand === undefined) rmSync(join(place.target, 'a.yaml'));
      else place.write(byHand);
      const before = place.files;
      const { code, out } = place.publish(next);
      expect(out).toContain(`a.yaml: refused: ${why}: look at it, then take it over with --force a.yaml\n`);
      expect(code).toBe(1);
      expect(place.files).toEqual(before);
      expect(place.publish(next, ['--force', 'a.yaml']).code).toBe(0);
      expect(place.files).toEqual(next);
    });
  });

  it('to remove a file that a person has changed, until it is named', () => {
    publishing((place) => {
      place.publish({ 'a.yaml': configMap('a'), 'b.yaml': configMap('b') });
      place.write({ 'a.yaml': 'is: broken: now' });
      expect(place.publish({ 'b.yaml': configMap('b') }).code).toBe(1);
      expect(place.publish({ 'b.yaml': configMap('b') }, ['--force', 'a.yaml']).code).toBe(0);
      expect(place.files).toEqual({ 'b.yaml': configMap('b') });
    });
  });

  it('a file that was there before, until it is named', () => {
    publishing((place) => {
      place.write({ 'a.yaml': configMap('other') });
      const { code, out } = place.publish({ 'a.yaml': configMap('a') });
      expect(out).toContain('a.yaml: refused: it is there and was not published by this command: look at it');
      expect(code).toBe(1);
      expect(place.publish({ 'a.yaml': configMap('a') }, ['--force', 'a.yaml']).code).toBe(0);
    });
  });

  it('a --force that names nothing', () => {
    publishing((place) => {
      place.write({ 'a.yaml': configMap('other') });
      const { code, error } = place.publish({ 'a.yaml': configMap('a') }, ['--force', 'b.yaml']);
      expect(error).toContain(
        '--force b.yaml: there is no such file in the render or among the published ones; these need it: a.yaml',
      );
      expect(code).toBe(2);
    });
  });
});

describe('bad input to cdk8s-nim publish:', () => {
  it.each([
    [['publish', '--to', 'x'], '0 folders are named'],
    [['publish', 'a', 'b', '--to', 'x'], '2 folders are named'],
    [['publish', 'a'], '--to is missing'],
    [['publish', 'a', '--to', 'x', '--format', 'sarif'], '--format sarif: write one of human, markdown, json'],
  ])('%j', (args, message) => {
    const { code, error } = cli(args);
    expect(error).toContain(message);
    expect(error).toContain('Usage: cdk8s-nim publish');
    expect(code).toBe(2);
  });

  it.each([
    ['an empty render', {}, 'DIR/dist: the folder has no file named *.yaml, *.yml or *.json'],
    ['a render without objects', { 'a.yaml': '' }, 'DIR/dist: there is no Kubernetes object in it: was the last synth'],
    ['what is no manifest', { 'a.yaml': 'a: b' }, 'DIR/dist/a.yaml:1: it is no Kubernetes object'],
  ])('%s', (_, rendered, message) => {
    publishing((place) => {
      place.publish({ 'a.yaml': configMap('a') });
      const { code, error } = place.publish(rendered);
      expect(error).toContain(`error: ${message}`);
      expect(code).toBe(2);
      expect(place.files).toEqual({ 'a.yaml': configMap('a') });
    });
  });

  it.each([
    ['checkout/.git/envs', 'it is in the folder of Git itself'],
    ['dist/sub', 'one of DIR/dist/sub and DIR/dist is in the other one'],
    ['', 'one of DIR/ and DIR/dist is in the other one'],
    ['elsewhere/envs', 'there is no such folder, and it would be in no Git checkout: check the path, or make it'],
    ['dist/a.yaml/b', 'one of DIR/dist/a.yaml/b and DIR/dist'],
    ['file', 'it is no folder'],
  ])('--to %j', (target, message) => {
    publishing((place) => {
      place.write({ '../../file': '' });
      const to = `${place.directory}/${target}`;
      expect(place.publish({ 'a.yaml': configMap('a') }, ['--to', to])).toMatchObject({
        code: 2,
        error: expect.stringContaining(message) as unknown,
      });
    });
  });

  it('a folder that another publish has as its own, from above and from below', () => {
    publishing((place) => {
      const above = `${place.target}/..`;
      place.publish({ 'env/a.yaml': configMap('a') }, ['--to', above]);
      expect(place.publish({ 'a.yaml': configMap('a') }).error).toContain(
        'published.sha256 has files of it: publish to DIR/checkout',
      );
      rmSync(join(above, 'published.sha256'));
      place.publish({ 'a.yaml': configMap('a') });
      expect(place.publish({ 'env/a.yaml': configMap('a') }, ['--to', above]).out).toContain(
        'env/a.yaml: refused: env has a published.sha256 of its own: publish to env, or remove that file first',
      );
    });
  });

  it('a record that a merge has damaged, or that leads out of the folder', () => {
    publishing((place) => {
      place.publish({ 'a.yaml': configMap('a') });
      for (const line of ['<<<<<<< HEAD', `${'0'.repeat(64)}  ../../b.yaml`, `${'0'.repeat(64)}  .git/config`]) {
        const record = `${place.record}${line}\n`;
        mkdirSync(join(place.directory, 'checkout/damaged'), { recursive: true });
        place.write({ '../damaged/published.sha256': record });
        const { code, error } = place.publish({ 'a.yaml': configMap('a') }, ['--to', `${place.target}/../damaged`]);
        expect(error).toContain(
          `published.sha256:4: ${JSON.stringify(line)} is no line of it: take the file back from Git`,
        );
        expect(code).toBe(2);
      }
    });
  });
});
