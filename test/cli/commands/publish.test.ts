import { readFileSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli, GOOD } from '../../support/command-line';
import { filesIn } from '../../support/programs';
import { configMap, publishing } from '../../support/publishing';

const PRODUCTION = filesIn('test/golden/production');
const DEPLOYMENT = 'Deployment.text-embedding.k8s.yaml';

const FOUR_REPLICAS = {
  ...PRODUCTION,
  [DEPLOYMENT]: PRODUCTION[DEPLOYMENT]?.replace('replicas: 3', 'replicas: 4') ?? '',
};

describe('cdk8s-nim publish', () => {
  it('writes a whole render into a folder that was not there, and nothing the second time', () => {
    publishing((place) => {
      const count = Object.keys(PRODUCTION).length;
      const first = place.publish(PRODUCTION);
      expect(first.out).toContain(
        `${count} added, 0 changed, 0 removed, 0 unchanged; ${count} files written or removed`,
      );
      expect(first).toMatchObject({ code: 0, error: '' });
      expect(place.files).toEqual(PRODUCTION);
      expect(place.publish(PRODUCTION)).toEqual({
        code: 0,
        out: `DIR/checkout/env: 0 added, 0 changed, 0 removed, ${count} unchanged; nothing to write\n`,
        error: '',
      });
    });
  });

  it('says which fields of an object changed, and writes only its file', () => {
    publishing((place) => {
      place.publish(PRODUCTION);
      const long = new Date(2000, 1, 1);
      for (const file of Object.keys(PRODUCTION)) utimesSync(join(place.target, file), long, long);
      expect(place.publish(FOUR_REPLICAS)).toEqual({
        code: 0,
        out: `~ changed Deployment embeddings/text-embedding  (${DEPLOYMENT})
    ~ spec.replicas: 3 → 4
DIR/checkout/env: 0 added, 1 changed, 0 removed, ${Object.keys(PRODUCTION).length - 1} unchanged; 1 file written or removed
`,
        error: '',
      });
      expect(place.files).toEqual(FOUR_REPLICAS);
      const written = Object.keys(PRODUCTION).filter((file) => statSync(join(place.target, file)).mtimeMs > +long);
      expect(written).toEqual([DEPLOYMENT]);
    });
  });

  it('removes what it wrote and what is no longer rendered, with the folders that get empty', () => {
    publishing((place) => {
      place.publish({ 'a.yaml': configMap('a'), 'sub/deep/b.yaml': configMap('b') });
      const { out } = place.publish({ 'a.yaml': configMap('a') });
      expect(out).toBe(`- removed ConfigMap embeddings/b  (sub/deep/b.yaml)
DIR/checkout/env: 0 added, 0 changed, 1 removed, 1 unchanged; 1 file written or removed
`);
      expect(place.files).toEqual({ 'a.yaml': configMap('a') });
      expect(() => statSync(join(place.target, 'sub'))).toThrow('ENOENT');
    });
  });

  it('leaves files of others alone, manifests too', () => {
    publishing((place) => {
      const others = { 'README.md': '# ours', 'sub/theirs.yaml': configMap('theirs'), '.hidden/x.yaml': 'a: b' };
      place.write(others);
      place.publish({ 'a.yaml': configMap('a'), 'sub/b.yaml': configMap('b') });
      place.publish({ 'a.yaml': configMap('a') });
      expect(place.files).toEqual({ ...others, 'a.yaml': configMap('a') });
    });
  });

  it('leaves a file alone whose objects are the same, whatever its bytes are, and does not call it its own', () => {
    publishing((place) => {
      const byHand = `# by hand\n${configMap('a').replace('kind: ConfigMap\n', '')}kind: ConfigMap\n`;
      place.write({ 'a.yaml': byHand });
      expect(place.publish({ 'a.yaml': configMap('a') }).out).toContain(
        '1 unchanged; no file but published.sha256 written',
      );
      expect(place.files).toEqual({ 'a.yaml': byHand });
      expect(place.publish({ 'a.yaml': configMap('a', { a: 'c' }) })).toMatchObject({ code: 1 });
      expect(place.publish({ 'b.yaml': configMap('b') }).code).toBe(0);
      expect(place.files).toEqual({ 'a.yaml': byHand, 'b.yaml': configMap('b') });
    });
  });

  it('takes files over that are byte for byte the render: rsync wrote them before', () => {
    publishing((place) => {
      place.write({ 'a.yaml': configMap('a'), 'b.yaml': configMap('b') });
      place.publish({ 'a.yaml': configMap('a'), 'b.yaml': configMap('b') });
      place.publish({ 'a.yaml': configMap('a', { a: 'c' }) });
      expect(place.files).toEqual({ 'a.yaml': configMap('a', { a: 'c' }) });
    });
  });

  it('knows its files in a checkout with the line ends of Windows', () => {
    publishing((place) => {
      place.publish({ 'a.yaml': configMap('a') });
      place.write({ 'a.yaml': configMap('a').replaceAll('\n', '\r\n') });
      expect(place.publish({ 'a.yaml': configMap('a', { a: 'c' }) }).code).toBe(0);
    });
  });

  it('follows an object that moves to another file', () => {
    publishing((place) => {
      place.publish({ 'all.yaml': configMap('a') });
      expect(place.publish({ 'production/a.yaml': configMap('a') }).out).toBe(
        `  moved ConfigMap embeddings/a  (all.yaml → production/a.yaml)
DIR/checkout/env: 0 added, 0 changed, 0 removed, 1 unchanged; 2 files written or removed
`,
      );
    });
  });

  it('prints how it is used, as docs/publish.md has it', () => {
    expect(readFileSync('docs/publish.md', 'utf8')).toContain(`\`\`\`text\n${cli(['publish', '--help']).out}\`\`\``);
  });
});

describe('cdk8s-nim publish --check', () => {
  it('writes nothing, and ends with 1 on a difference', () => {
    publishing((place) => {
      expect(place.publish(PRODUCTION, ['--check']).code).toBe(1);
      expect(() => statSync(place.target)).toThrow('ENOENT');
      place.publish(PRODUCTION);
      expect(place.publish(PRODUCTION, ['--check']).code).toBe(0);
      const { code, out } = place.publish(FOUR_REPLICAS, ['--check']);
      expect(code).toBe(1);
      expect(out).toContain('1 file to write or remove; nothing was written (--check)');
      expect(place.files).toEqual(PRODUCTION);
    });
  });
});

describe('cdk8s-nim publish --check, when only the record is not as it will be,', () => {
  it('ends with 1 after a kill and before files are taken over', () => {
    publishing((place) => {
      place.write({ 'a.yaml': configMap('a') });
      const { code, out } = place.publish({ 'a.yaml': configMap('a') }, ['--check']);
      expect(out).toContain('1 unchanged; no file but published.sha256 to write; nothing was written (--check)');
      expect(code).toBe(1);
      place.publish({ 'a.yaml': configMap('a') });
      expect(place.publish({ 'a.yaml': configMap('a') }, ['--check']).code).toBe(0);
    });
  });
});

describe('cdk8s-nim publish --diff', () => {
  it('prints the lines that differ', () => {
    publishing((place) => {
      place.publish(PRODUCTION);
      expect(place.publish(FOUR_REPLICAS, ['--diff']).out).toContain(`--- a/${DEPLOYMENT}
+++ b/${DEPLOYMENT}
@@ -16,7 +16,7 @@
   namespace: embeddings
 spec:
   progressDeadlineSeconds: 7200
-  replicas: 3
+  replicas: 4
   selector:
`);
    });
  });

  it('prints no value of a Secret', () => {
    const secret = (value: string): string => configMap('a', { key: value }).replace('ConfigMap', 'Secret');
    publishing((place) => {
      place.publish({ 'a.yaml': secret('Zmlyc3Q=') }, ['--no-check']);
      const { out } = place.publish({ 'a.yaml': secret('c2Vjb25k') }, ['--no-check', '--diff']);
      expect(out).toContain('(not shown: it has a Secret, or is no manifest)');
      expect(out).toContain('~ data.key: (hidden) → (hidden)');
      expect(out).not.toMatch(/Zmlyc3Q|c2Vjb25k/);
    });
  });
});

describe('the warnings of cdk8s-nim publish', () => {
  it('know the controllers that the configuration declares', () => {
    const files = filesIn('examples/custom-controller/rendered/embeddings');
    const unlimited = Object.fromEntries(
      Object.entries(files).map(([name, text]) => [name, text.replace('edge.example.com/rate-limit:', 'other:')]),
    );
    const args = ['--config', 'examples/custom-controller/guardrails.yaml'];
    publishing((place) => {
      expect(place.publish(files, args).code).toBe(0);
      const { out } = place.publish(unlimited, [...args, '--check']);
      expect(out).toContain('Ingress embeddings/text-embedding: its rate limit is gone');
    });
  });
});

describe('the guardrails of a render', () => {
  it('find nothing in a NIM', () => {
    publishing((place) => {
      expect(place.publish({ 'nim.yaml': GOOD }, ['--strict']).code).toBe(0);
    });
  });
});
