import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CONTROLLERS } from '../../lib/ingress/controllers';
import { headingAnchor } from '../../scripts/docs/markdown';
import { PAGES } from '../../scripts/docs/pages';

const read = (path: string): string => readFileSync(path, 'utf8');
const DOCS = readdirSync('docs').filter((file) => file.endsWith('.md'));
const EXAMPLES = readdirSync('examples').map((example) => `examples/${example}/README.md`);
const EVERY_PAGE = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...DOCS.map((file) => `docs/${file}`),
  ...EXAMPLES.filter((path) => existsSync(path)),
];

describe('a page that is made from code', () => {
  it.each(Object.entries(PAGES))('%s is what the code says; `npm run docs` writes it', (path, content) => {
    expect(read(path)).toBe(content());
  });
});

describe('docs/README.md', () => {
  it.each(DOCS.filter((file) => file !== 'README.md'))('leads to %s', (file) => {
    expect(read('docs/README.md')).toContain(`](${file})`);
  });
});

describe('docs/controllers.md', () => {
  it.each(CONTROLLERS.map(({ name }) => name.replace(/^IngressController\.|\(.*\)$/g, '')))(
    'tells the platform team about %s',
    (name) => {
      expect(read('docs/controllers.md')).toMatch(new RegExp(`^## .*\`${name}\``, 'm'));
    },
  );
});

describe('a link', () => {
  it.each(EVERY_PAGE)('of %s leads to a file, and to a heading of it', (path) => {
    const broken = linksOf(read(path)).filter((link) => !leadsSomewhere(path, link));
    expect(broken).toEqual([]);
  });
});

/** The links of a page that stay in the repository. */
function linksOf(markdown: string): string[] {
  return [...markdown.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link).filter((link) => !/^\w+:/.test(link));
}

function leadsSomewhere(from: string, link: string): boolean {
  const [file = '', anchor] = link.split('#');
  const path = file === '' ? from : join(dirname(from), file);
  return existsSync(path) && (anchor === undefined || anchorsOf(read(path)).includes(anchor));
}

function anchorsOf(markdown: string): string[] {
  return [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => headingAnchor(heading));
}
