import { existsSync } from 'node:fs';
import { posix } from 'node:path';
import { htmlOf } from './markdown';
import { type Page, shownAt, sourcePage } from './pages';

/** What a site is made of. */
export interface Site {
  /** The HTML of the pages, without the frame around them, by their paths in the site. */
  readonly pages: ReadonlyMap<string, RenderedPage>;
  /** Files that the pages show as they are. */
  readonly assets: ReadonlySet<string>;
  /** Links that lead nowhere. */
  readonly broken: readonly string[];
}

export interface RenderedPage extends Page {
  readonly html: string;
}

const PICTURE = /\.(svg|png)$/;

/** Renders these pages, and everything in the repository that they lead to. */
export function renderSite(pages: readonly Page[]): Site {
  const known = new Map(pages.map((page) => [page.source, page]));
  const rendered = new Map<string, RenderedPage>();
  const assets = new Set<string>();
  const links: Link[] = [];
  const broken: string[] = [];
  // A map goes on with what is added to it meanwhile.
  for (const page of known.values()) {
    const html = htmlOf(page.markdown, (link) => {
      if (/^\w+:/.test(link)) {
        return link;
      }
      const [path = '', anchor] = link.split('#');
      const source = path === '' ? page.source : shownAt(posix.join(posix.dirname(page.source), path));
      if (!existsSync(source)) {
        broken.push(`${page.source}: ${link}`);
        return link;
      }
      if (PICTURE.test(source)) {
        assets.add(source);
        return between(page.target, source);
      }
      const to = known.get(source) ?? sourcePage(source);
      known.set(source, to);
      links.push({ from: page.source, link, to: to.target, anchor });
      return between(page.target, to.target) + (anchor === undefined ? '' : `#${anchor}`);
    });
    rendered.set(page.target, { ...page, html });
  }
  const lost = links.filter(({ to, anchor }) => anchor !== undefined && !hasAnchor(rendered.get(to), anchor));
  return { pages: rendered, assets, broken: [...broken, ...lost.map(({ from, link }) => `${from}: ${link}`)] };
}

/** The way from one page of the site to another file of it. */
export function between(from: string, to: string): string {
  return posix.relative(posix.dirname(from), to);
}

interface Link {
  readonly from: string;
  readonly link: string;
  readonly to: string;
  readonly anchor: string | undefined;
}

function hasAnchor(page: RenderedPage | undefined, anchor: string): boolean {
  return page !== undefined && new RegExp(`\\b(id|name)="${escaped(anchor)}"`).test(page.html);
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
