/** What a box of the picture stands for. */
export type NodeKind =
  'outside' | 'door' | 'caller' | 'closed' | 'service' | 'pods' | 'egress' | 'closedOut' | 'secret';

/** A box of the picture. */
export interface GraphNode {
  readonly id: string;
  readonly kind: NodeKind;
  readonly title: string;
  readonly lines: readonly string[];
}

/** Who reaches whom: from the left to the right. */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly label: string;
  /** Whether this way is closed. */
  readonly isClosed?: boolean;
}

/** The surroundings of the pods of one workload. */
export interface Graph {
  readonly title: string;
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

/** The places of the kinds, from the outside to what pods need. */
export const COLUMNS: readonly (readonly NodeKind[])[] = [
  ['outside'],
  ['door', 'caller', 'closed'],
  ['service'],
  ['pods'],
  ['egress', 'closedOut', 'secret'],
];

/** A part of a picture. */
export interface GraphPart {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

/** Parts as one. */
export function joined(parts: readonly GraphPart[]): GraphPart {
  return { nodes: parts.flatMap(({ nodes }) => nodes), edges: parts.flatMap(({ edges }) => edges) };
}
