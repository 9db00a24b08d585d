import type { Graph, NodeKind } from './graph';
import { layout, type PlacedGraph, type PlacedNode, SIZES, WIDTH } from './layout';

/** Border and ground of a kind of box, for light and for dark pages. */
const COLOURS: Readonly<
  Record<NodeKind, readonly [light: readonly [string, string], dark: readonly [string, string]]>
> = {
  outside: [
    ['#57606a', '#f6f8fa'],
    ['#8b949e', '#21262d'],
  ],
  door: [
    ['#0969da', '#ddf4ff'],
    ['#58a6ff', '#0c2d4d'],
  ],
  caller: [
    ['#1a7f37', '#dafbe1'],
    ['#3fb950', '#0f2d17'],
  ],
  closed: [
    ['#cf222e', '#ffebe9'],
    ['#f85149', '#3c1417'],
  ],
  service: [
    ['#0550ae', '#ffffff'],
    ['#79c0ff', '#161b22'],
  ],
  pods: [
    ['#8250df', '#fbefff'],
    ['#bc8cff', '#2b1a45'],
  ],
  egress: [
    ['#9a6700', '#fff8c5'],
    ['#d29922', '#2e2108'],
  ],
  closedOut: [
    ['#cf222e', '#ffebe9'],
    ['#f85149', '#3c1417'],
  ],
  secret: [
    ['#57606a', '#eaeef2'],
    ['#8b949e', '#21262d'],
  ],
};

const TEXT = { light: '#1f2328', dark: '#e6edf3' };
const PAGE = { light: '#ffffff', dark: '#0d1117' };
const LINE = { light: '#57606a', dark: '#8b949e' };
const CLOSED = { light: '#cf222e', dark: '#f85149' };

/** The picture as SVG, for light and dark pages. */
export function formatSvg(graphs: readonly Graph[]): string {
  const placed = layout(graphs);
  const last = placed.at(-1);
  const height = Math.ceil((last === undefined ? 0 : last.y + last.height) + SIZES.margin);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img">
<title>Who reaches what: ${escaped(graphs.map(({ title }) => title).join(', '))}</title>
<style>
text { font: 11px ui-sans-serif, system-ui, "Segoe UI", Helvetica, Arial, sans-serif; white-space: pre }
.title { font-weight: bold }
.heading { font-size: 14px; font-weight: bold }
.label { text-anchor: middle }
rect { stroke-width: 1.2 }
path { fill: none; stroke-width: 1.3 }
.closed, .closedOut { stroke-dasharray: 4 3 }
${styleFor('light')}
@media (prefers-color-scheme: dark) {
${styleFor('dark')}
}
</style>
<rect class="page" x="0" y="0" width="${WIDTH}" height="${height}"/>
${placed.map(showGraph).join('')}</svg>
`;
}

function styleFor(page: 'light' | 'dark'): string {
  const boxes = Object.entries(COLOURS).map(([kind, [light, dark]]) => {
    const [border, ground] = page === 'light' ? light : dark;
    return `rect.${kind} { stroke: ${border}; fill: ${ground} }`;
  });
  return [
    `text { fill: ${TEXT[page]} }`,
    `rect.page { fill: ${PAGE[page]}; stroke: none }`,
    `path.open { stroke: ${LINE[page]} }`,
    `path.closed { stroke: ${CLOSED[page]} }`,
    `path.head { fill: ${LINE[page]}; stroke: none }`,
    `text.cross { fill: ${CLOSED[page]}; font-size: 14px; font-weight: bold }`,
    ...boxes,
  ].join('\n');
}

function showGraph({ graph, y, nodes, edges }: PlacedGraph): string {
  return [
    `<text class="heading" x="${SIZES.margin}" y="${y + 16}">${escaped(graph.title)}</text>\n`,
    ...edges.map(({ edge, from, to }) => showEdge(from, to, edge.label, edge.isClosed === true)),
    ...nodes.map(showNode),
  ].join('');
}

function showNode({ node, lines, x, y, height }: PlacedNode): string {
  const titles = node.title.split('\n').length;
  const texts = lines.map((line, index) => {
    const at = y + SIZES.padding + (index + 0.78) * SIZES.line;
    const indent = line.startsWith('  ') ? 8 : 0;
    return `<text${index < titles ? ' class="title"' : ''} x="${x + SIZES.padding + indent}" y="${round(at)}">${escaped(line.trim())}</text>\n`;
  });
  return `<rect class="${node.kind}" x="${x}" y="${round(y)}" width="${SIZES.box}" height="${height}" rx="6"/>\n${texts.join('')}`;
}

function showEdge(from: PlacedNode, to: PlacedNode, label: string, isClosed: boolean): string {
  const [startX, endX] = [from.x + SIZES.box, to.x];
  const [startY, endY] = [from, to].map(({ y, height }) => round(y + height / 2)) as [number, number];
  const middle = (startX + endX) / 2;
  const curve = `<path class="${isClosed ? 'closed' : 'open'}" d="M${startX} ${startY} C${middle} ${startY} ${middle} ${endY} ${endX} ${endY}"/>\n`;
  const y = round((startY + endY) / 2);
  if (isClosed) {
    return `${curve}<text class="label cross" x="${middle}" y="${y + 5}">✕</text>\n`;
  }
  const head = `<path class="head" d="M${endX} ${endY} l-7 -4 v8 z"/>\n`;
  return `${curve}${head}${label === '' ? '' : `<text class="label" x="${middle}" y="${y - 5}">${escaped(label)}</text>\n`}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
