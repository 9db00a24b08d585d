const BEGIN = '<!-- capabilities: written by `npm run capabilities -- --write` -->\n\n';
const END = '\n\n<!-- end of capabilities -->';

/** The generated part of a document. */
export function capabilitiesIn(document: string): string {
  const { begin, end } = limits(document);
  return document.slice(begin, end);
}

/** The document with another generated part. */
export function replaceCapabilities(document: string, capabilities: string): string {
  const { begin, end } = limits(document);
  return document.slice(0, begin) + capabilities + document.slice(end);
}

function limits(document: string): { readonly begin: number; readonly end: number } {
  const begin = document.indexOf(BEGIN) + BEGIN.length;
  const end = document.indexOf(END, begin - END.length);
  if (begin < BEGIN.length || end < 0) {
    throw new Error(`the document has no part between ${BEGIN.trim()} and ${END.trim()}`);
  }
  return { begin, end: Math.max(begin, end) };
}
