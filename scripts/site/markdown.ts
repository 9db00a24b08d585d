import highlight from 'highlight.js';
import MarkdownIt from 'markdown-it';
import { headingAnchor } from '../docs/markdown';

/** Makes HTML of Markdown as GitHub does: headings have anchors. Every link and picture is what `place` makes of it. */
export function htmlOf(markdown: string, place: (link: string) => string): string {
  const tokens = reader.parse(markdown, {});
  const anchors = new Set<string>();
  for (const [index, token] of tokens.entries()) {
    if (token.type === 'heading_open') {
      token.attrSet('id', unused(headingAnchor(tokens[index + 1]?.content ?? ''), anchors));
    }
    for (const part of token.children ?? []) {
      for (const attribute of ['href', 'src']) {
        const link = part.attrGet(attribute);
        if (link !== null) {
          part.attrSet(attribute, place(String(link)));
        }
      }
    }
  }
  return reader.renderer.render(tokens, reader.options, {});
}

const reader = new MarkdownIt({
  html: true,
  highlight: (code, language) =>
    highlight.getLanguage(language) === undefined ? '' : highlight.highlight(code, { language }).value,
});

/** The second heading of a text is counted, as GitHub counts it. */
function unused(anchor: string, used: Set<string>): string {
  let unique = anchor;
  for (let count = 1; used.has(unique); count++) {
    unique = `${anchor}-${count}`;
  }
  used.add(unique);
  return unique;
}
