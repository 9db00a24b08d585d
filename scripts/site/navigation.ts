/** A part of the navigation: the pages of one purpose. */
export interface Part {
  readonly title: string;
  readonly links: readonly Link[];
}

export interface Link {
  readonly title: string;
  /** From the folder of the index. */
  readonly path: string;
}

/** The index of the pages is the navigation: a part for each heading, a link for each row of its table. */
export function navigation(index: string): Part[] {
  return index
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const [title = ''] = section.split('\n', 1);
      return { title, links: [...section.matchAll(/^\| \[([^\]]+)\]\(([^)]+)\)/gm)].map(linkOf) };
    });
}

function linkOf([, name = '', path = '']: RegExpMatchArray): Link {
  return { title: name.replace(/\.md$/, '').replaceAll('-', ' '), path };
}
