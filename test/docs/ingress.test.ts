import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CONTROLLERS } from '../../lib/ingress/controllers';
import { IngressFeature } from '../../lib/ingress/features';
import { capabilitiesIn, replaceCapabilities } from '../../scripts/capabilities/document';
import { capabilitiesMarkdown } from '../../scripts/capabilities/markdown';

const DOCUMENT = readFileSync('docs/ingress.md', 'utf8');

describe('docs/ingress.md', () => {
  it('holds the capabilities of the code; npm run capabilities -- --write updates it', () => {
    expect(capabilitiesIn(DOCUMENT)).toBe(capabilitiesMarkdown());
  });

  it('says what level every controller gives every feature', () => {
    const cells = CONTROLLERS.flatMap(({ capabilities }) =>
      Object.values(IngressFeature).map((feature) => `| ${feature} | ${capabilities[feature].level} | `),
    );
    expect(cells.filter((cell) => !capabilitiesIn(DOCUMENT).includes(cell))).toEqual([]);
  });

  it.each(CONTROLLERS.map(({ name }) => name.replace(/^IngressController\.|\(.*\)$/g, '')))(
    'tells the platform team about %s',
    (name) => {
      expect(DOCUMENT).toMatch(new RegExp(`^### .*\`${name}\``, 'm'));
    },
  );
});

describe('replaceCapabilities', () => {
  it('changes the generated part only', () => {
    expect(capabilitiesIn(replaceCapabilities(DOCUMENT, 'new'))).toBe('new');
    expect(replaceCapabilities(replaceCapabilities(DOCUMENT, 'new'), capabilitiesIn(DOCUMENT))).toBe(DOCUMENT);
  });

  it('refuses a document without the marks', () => {
    expect(() => replaceCapabilities('# Ingress', 'new')).toThrow('the document has no part between');
  });
});
