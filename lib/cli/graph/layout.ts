import { COLUMNS, type Graph, type GraphEdge, type GraphNode } from './graph';

/** Sizes in pixels, for a picture that is read at the width of a page. */
export const SIZES = {
  box: 198,
  gap: 60,
  line: 15,
  padding: 9,
  between: 14,
  margin: 16,
  heading: 34,
  title: 23,
  text: 26,
};

/** A box with its place. */
export interface PlacedNode {
  readonly node: GraphNode;
  readonly lines: readonly string[];
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

/** A graph with the places of its boxes. */
export interface PlacedGraph {
  readonly graph: Graph;
  readonly y: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly { readonly edge: GraphEdge; readonly from: PlacedNode; readonly to: PlacedNode }[];
}

export const WIDTH = COLUMNS.length * SIZES.box + (COLUMNS.length - 1) * SIZES.gap + 2 * SIZES.margin;

/** Places graphs below each other, each with one column for each step from the outside to what pods need. */
export function layout(graphs: readonly Graph[]): PlacedGraph[] {
  const placed: PlacedGraph[] = [];
  let y = SIZES.margin;
  for (const graph of graphs) {
    const one = placeGraph(graph, y);
    placed.push(one);
    y += one.height + SIZES.margin;
  }
  return placed;
}

function placeGraph(graph: Graph, y: number): PlacedGraph {
  const columns = COLUMNS.map((kinds) =>
    kinds.flatMap((kind) => graph.nodes.filter((node) => node.kind === kind)).map(sized),
  );
  const tallest = Math.max(...columns.map(heightOf));
  const top = y + SIZES.heading;
  const stacked = columns.map((column, index) => {
    let at = top + (tallest - heightOf(column)) / 2;
    return column.map((box): PlacedNode => {
      const place = { ...box, x: SIZES.margin + index * (SIZES.box + SIZES.gap), y: at };
      at += box.height + SIZES.between;
      return place;
    });
  });
  const [outside = [], ...inside] = stacked;
  const nodes = [...outside.map((box) => besideTarget(box, graph, inside.flat())), ...inside.flat()];
  const byId = new Map(nodes.map((box) => [box.node.id, box]));
  const edges = graph.edges.flatMap((edge) => {
    const [from, to] = [byId.get(edge.from), byId.get(edge.to)];
    return from === undefined || to === undefined ? [] : [{ edge, from, to }];
  });
  return { graph, y, height: SIZES.heading + tallest + SIZES.margin, nodes, edges };
}

/** Who comes from outside stands beside the door that it comes to. */
function besideTarget(box: PlacedNode, { edges }: Graph, others: readonly PlacedNode[]): PlacedNode {
  const target = edges.find(({ from }) => from === box.node.id)?.to;
  const door = others.find(({ node }) => node.id === target);
  return door === undefined ? box : { ...box, y: door.y + Math.max(0, (door.height - box.height) / 2) };
}

interface SizedNode {
  readonly node: GraphNode;
  readonly lines: readonly string[];
  readonly height: number;
}

function sized(node: GraphNode): SizedNode {
  const title = wrapped(node.title, SIZES.title);
  const lines = [...title, ...node.lines.flatMap((line) => wrapped(line, SIZES.text))];
  return { node: { ...node, title: title.join('\n') }, lines, height: lines.length * SIZES.line + 2 * SIZES.padding };
}

function heightOf(column: readonly SizedNode[]): number {
  return column.reduce((sum, { height }) => sum + height, 0) + Math.max(0, column.length - 1) * SIZES.between;
}

/** A text in lines that fit into a box; what continues a line is moved in. */
function wrapped(text: string, length: number): string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest.length > length) {
    const start = rest.slice(0, length);
    const space = start.lastIndexOf(' ');
    const sign = Math.max(...['/', '.', '-', '=', ',', ':'].map((separator) => start.lastIndexOf(separator))) + 1;
    const end = space > length / 3 ? space : sign > length / 3 ? sign : length;
    lines.push(rest.slice(0, end).trimEnd());
    rest = `  ${rest.slice(end).trimStart()}`;
  }
  return [...lines, rest];
}
