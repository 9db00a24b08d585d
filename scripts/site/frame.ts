import type { Part } from './navigation';
import { between, type RenderedPage } from './site';

/** The whole HTML of a page: search, navigation and what the page says. */
export function framed(page: RenderedPage, parts: readonly Part[]): string {
  const at = (path: string): string => between(page.target, path);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${titleOf(page)} · cdk8s-nim</title>
<link rel="stylesheet" href="${at('pagefind/pagefind-component-ui.css')}">
<link rel="stylesheet" href="${at('style.css')}">
</head>
<body>
<a class="skip" href="#page">To the page</a>
<header>
<a class="home" href="${at('index.html')}">cdk8s-nim</a>
<div role="search"><pagefind-searchbox></pagefind-searchbox></div>
</header>
<nav aria-label="Pages">
${parts.map((part) => navigationPart(part, page, at)).join('\n')}
</nav>
<main id="page" data-pagefind-body>
${page.html}
</main>
<script type="module" src="${at('pagefind/pagefind-component-ui.js')}"></script>
<script>document.querySelector('nav [aria-current]')?.scrollIntoView({ block: 'center' });</script>
</body>
</html>
`;
}

function titleOf({ html, source }: RenderedPage): string {
  const [, heading] = /<h1[^>]*>(.*?)<\/h1>/s.exec(html) ?? [];
  return heading?.replaceAll(/<[^>]*>/g, '').trim() ?? source;
}

function navigationPart({ title, links }: Part, page: RenderedPage, at: (path: string) => string): string {
  const rows = links.map(({ title: name, path }) => {
    const current = path === page.target ? ' aria-current="page"' : '';
    return `<li><a href="${at(path)}"${current}>${name}</a></li>`;
  });
  return `<h2>${title}</h2>\n<ul>\n${rows.join('\n')}\n</ul>`;
}
