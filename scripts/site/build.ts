/** Builds the documentation as a static site, with search: npm run docs:site [folder] */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { framed } from './frame';
import { type Part, navigation } from './navigation';
import { type Page, markdownPages } from './pages';
import { renderSite } from './site';

const INDEX = 'docs/README.md';
const folder = process.argv[3] ?? 'site';

const pages = markdownPages();
const site = renderSite(pages);
if (site.broken.length > 0) {
  throw new Error(`These links lead nowhere:\n${site.broken.join('\n')}`);
}
const parts = navigationOf(pages);
rmSync(folder, { recursive: true, force: true });
for (const page of site.pages.values()) {
  write(page.target, framed(page, parts));
}
for (const asset of site.assets) {
  cpSync(asset, join(folder, asset));
}
cpSync(join('scripts', 'site', 'style.css'), join(folder, 'style.css'));
execFileSync(join('node_modules', '.bin', 'pagefind'), ['--site', folder], { stdio: 'inherit' });
console.log(`${site.pages.size} pages in ${folder}/: npx --no-install pagefind --site ${folder} --serve shows them`);

function write(path: string, text: string): void {
  const target = join(folder, path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
}

/** The parts of the index, between what a newcomer reads first and the examples. */
function navigationOf(all: readonly Page[]): Part[] {
  const index = all.find(({ source }) => source === INDEX)?.markdown ?? '';
  const ofIndex = navigation(index).map(({ title, links }) => ({
    title,
    links: links.map((link) => ({ ...link, path: posix.join(dirname(INDEX), link.path).replace(/\.md$/, '.html') })),
  }));
  const examples = all.filter(({ source }) => source.startsWith('examples/'));
  return [
    {
      title: 'Start',
      links: [
        { title: 'README', path: 'index.html' },
        { title: 'All pages', path: 'docs/index.html' },
      ],
    },
    ...ofIndex,
    {
      title: 'Examples',
      links: examples.map(({ source, target }) => ({ title: dirname(source).replace('examples/', ''), path: target })),
    },
    {
      title: 'The project',
      links: ['CHANGELOG', 'CONTRIBUTING', 'SECURITY'].map((title) => ({
        title: title.toLowerCase(),
        path: `${title}.html`,
      })),
    },
  ];
}
