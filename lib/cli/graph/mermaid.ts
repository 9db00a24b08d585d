import type { Graph } from './graph';

/** The picture as Mermaid, which Git servers draw in Markdown. */
export function formatMermaid(graphs: readonly Graph[]): string {
  return `flowchart LR\n${graphs.map(showGraph).join('')}`;
}

function showGraph({ title, nodes, edges }: Graph, index: number): string {
  const ids = new Map(nodes.map(({ id }, place) => [id, `g${index}n${place}`]));
  return [
    `  subgraph g${index}["${escaped(title)}"]\n    direction LR\n`,
    ...nodes.map(
      (node) =>
        `    ${ids.get(node.id) ?? ''}["${[`<b>${escaped(node.title)}</b>`, ...node.lines.map(escaped)].join('<br/>')}"]\n`,
    ),
    '  end\n',
    ...edges.map(({ from, to, label, isClosed }) => {
      const [start = '', end = ''] = [ids.get(from), ids.get(to)];
      if (isClosed === true) return `  ${start} -. closed .-x ${end}\n`;
      return `  ${start} -->${label === '' ? '' : `|"${escaped(label)}"|`} ${end}\n`;
    }),
  ].join('');
}

/** The signs that mean something to Mermaid or HTML, as entity codes of Mermaid. */
const CODES: Readonly<Record<string, string>> = {
  '#': '#35;',
  '&': '#amp;',
  '"': '#quot;',
  '<': '#lt;',
  '>': '#gt;',
};

function escaped(text: string): string {
  return text.replaceAll(/[#&"<>]/g, (sign) => CODES[sign] ?? sign);
}
