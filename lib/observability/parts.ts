import { invalid } from '../common/invalid';
import { type ObservabilityOptions, ObservabilityPart } from './observability-options';

/** What each option is about; without one of these parts it would have no effect. */
const PARTS_OF = {
  prometheusLabels: [ObservabilityPart.SCRAPE, ObservabilityPart.ALERTS],
  scrapeInterval: [ObservabilityPart.SCRAPE],
  runbookUrl: [ObservabilityPart.ALERTS],
  dashboardLabels: [ObservabilityPart.DASHBOARD],
} as const satisfies Record<Exclude<keyof ObservabilityOptions, 'parts'>, readonly ObservabilityPart[]>;

/** The parts that are rendered; refuses none, and options of the others. */
export function requireParts(options: ObservabilityOptions): readonly ObservabilityPart[] {
  const { parts = Object.values(ObservabilityPart) } = options;
  if (parts.length === 0) {
    throw invalid({
      what: 'Observability parts',
      value: parts,
      because: 'nothing would be rendered',
      instead: 'leave it out for every part, or leave observability out',
    });
  }
  for (const [name, wanted] of Object.entries(PARTS_OF)) {
    if (options[name as keyof typeof PARTS_OF] !== undefined && !wanted.some((part) => parts.includes(part))) {
      throw invalid({
        what: 'Observability parts',
        value: parts,
        because: `${name} is given, and nothing that is rendered has it`,
        instead: `leave out ${name}, or add ${wanted.map(nameOf).join(' or ')}`,
      });
    }
  }
  return parts;
}

/** What a part says; refuses one that would say nothing. */
export function requireContents<Item>(part: ObservabilityPart, contents: readonly Item[]): readonly Item[] {
  if (contents.length === 0) {
    throw invalid({
      what: 'Observability parts',
      value: part,
      because: 'there is nothing that it could be about',
      instead: `say what makes the pods of the service (workload), add the ingress or the credentials, or name parts without ${nameOf(part)}`,
    });
  }
  return contents;
}

function nameOf(part: ObservabilityPart): string {
  return `ObservabilityPart.${part.toUpperCase()}`;
}
