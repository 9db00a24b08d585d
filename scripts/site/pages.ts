import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, extname, posix } from 'node:path';

/** A page of the site: a Markdown file of the repository, or a file or folder that one of them leads to. */
export interface Page {
  /** The path in the repository. */
  readonly source: string;
  /** The path in the site. */
  readonly target: string;
  readonly markdown: string;
}

const README = 'README.md';
const READ = ['*.md', 'docs/*.md', 'docs/api/*.md', `examples/*/${README}`].map((path) => `:(glob)${path}`);

/** The Markdown files that people read. */
export function markdownPages(): Page[] {
  return filesOf(...READ).map((source) => ({ source, target: targetOf(source), markdown: markdownOf(source) }));
}

/** A page that shows a file, or every file of a folder, as it is. */
export function sourcePage(source: string): Page {
  const parts = filesOf(source).map((file) => `## ${posix.relative(source, file) || file}\n\n${fenced(file)}`);
  return { source, target: `${source}.html`, markdown: `# \`${source}\`\n\n${parts.join('\n\n')}\n` };
}

/** The file that a link to a path shows: a folder shows its README. */
export function shownAt(path: string): string {
  const readme = posix.join(path, README);
  return existsSync(readme) ? readme : path;
}

/** A README is what its folder shows. */
function targetOf(source: string): string {
  return source.endsWith(README) ? posix.join(dirname(source), 'index.html') : source.replace(/\.md$/, '.html');
}

/** An example's page leads to its program and to what that renders. */
function markdownOf(source: string): string {
  const text = readFileSync(source, 'utf8');
  if (!source.startsWith('examples/')) {
    return text;
  }
  const names = readdirSync(dirname(source)).filter((name) => /^(main\.|rendered$)/.test(name));
  return `${text}\n## Files\n\n${names.map((name) => `- [${name}](${name})\n`).join('')}`;
}

/** The files of the repository at these paths, new ones too. */
function filesOf(...paths: readonly string[]): string[] {
  const found = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', ...paths]);
  return found
    .toString()
    .split('\0')
    .filter((path) => path !== '' && existsSync(path))
    .sort();
}

function fenced(file: string): string {
  return `~~~~~~${extname(file).slice(1)}\n${readFileSync(file, 'utf8').trimEnd()}\n~~~~~~`;
}
