import { describe, expect, it } from 'vitest';
import { markdownPages } from '../../../scripts/site/pages';
import { renderSite } from '../../../scripts/site/site';

const page = (markdown: string, source = 'docs/page.md') => ({
  source,
  target: source.replace('.md', '.html'),
  markdown,
});

const html = (markdown: string): string => renderSite([page(markdown), OTHER]).pages.get('docs/page.html')?.html ?? '';

const OTHER = page('# Other\n\n## A heading, with `code`\n', 'SECURITY.md');

describe('a link of the site', () => {
  it('leads to the page that a Markdown file became, and to its heading', () => {
    expect(html('[other](../SECURITY.md#a-heading-with-code)')).toContain(
      'href="../SECURITY.html#a-heading-with-code"',
    );
  });

  it('leads to a page with every file of a folder that has no README', () => {
    const { pages, broken } = renderSite([page('[rendered](../examples/traefik/rendered)')]);
    expect(broken).toEqual([]);
    expect(pages.get('examples/traefik/rendered.html')?.html).toContain('Ingress');
  });

  it('leads to a page with a file that is no Markdown', () => {
    const { pages } = renderSite([page('[program](../cdk8s.yaml)')]);
    expect(pages.get('cdk8s.yaml.html')?.html).toContain('typescript');
  });

  it('leads out as it is written', () => {
    expect(html('[out](https://kubernetes.io/docs)')).toContain('href="https://kubernetes.io/docs"');
  });

  it('brings a picture with it', () => {
    const { assets, pages } = renderSite([page('![drawn](production.svg)')]);
    expect([...assets]).toEqual(['docs/production.svg']);
    expect(pages.get('docs/page.html')?.html).toContain('src="production.svg"');
  });

  it.each(['missing.md', '../SECURITY.md#no-such-heading', '#nowhere'])('to %s is reported', (link) => {
    expect(renderSite([page(`[link](${link})`), OTHER]).broken).toEqual([`docs/page.md: ${link}`]);
  });
});

describe('a heading of the site', () => {
  it('that stands twice has two anchors', () => {
    expect(html('## Same\n\n## Same\n')).toMatch(/id="same".*id="same-1"/s);
  });
});

describe('the pages of the site', () => {
  it('are those that people read: the README, the docs, and each example with its files', () => {
    const pages = markdownPages();
    const targets = pages.map(({ target }) => target);
    expect(targets).toEqual(expect.arrayContaining(['index.html', 'docs/index.html', 'docs/api/python.html']));
    const example = pages.find(({ target }) => target === 'examples/traefik/index.html');
    expect(example?.markdown).toMatch(/- \[main\.ts\]\(main\.ts\)\n- \[rendered\]\(rendered\)\n/);
  });
});
