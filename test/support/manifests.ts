import { App, Chart, type ChartProps } from 'cdk8s';

/** A rendered object, as it stands in a manifest. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Record<string, string>;
    readonly annotations?: Record<string, string>;
  };
  readonly [field: string]: unknown;
}

/** A chart in an app of its own. */
export function testChart(props: ChartProps = {}): Chart {
  return new Chart(new App(), 'test', { namespace: 'embeddings', ...props });
}

/** The objects of a chart, validated as at the end of a program. */
export function render(chart: Chart): Manifest[] {
  return chart.toJson() as Manifest[];
}

/** The one object of a kind, and of a name where there are several. */
export function find(objects: readonly Manifest[], kind: string, name?: string): Manifest {
  const [found, ...more] = objects.filter(
    (object) => object.kind === kind && (name === undefined || object.metadata.name === name),
  );
  if (found === undefined || more.length > 0) {
    const all = objects.map((object) => `${object.kind} ${object.metadata.name}`).join(', ');
    throw new Error(`expected one ${kind} ${name ?? ''} among: ${all}`);
  }
  return found;
}

/** The kinds and names of objects, in a stable order. */
export function inventory(objects: readonly Manifest[]): string[] {
  return objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`).sort();
}

/** The value at a path such as `spec.template.spec.containers.0.env`; `undefined` when there is none. */
export function at(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (current, key) =>
        typeof current === 'object' && current !== null ? (current as Record<string, unknown>)[key] : undefined,
      value,
    );
}

/** Every text in a value, keys included. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') {
    return [value];
  }
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, child]) => [key, ...textsIn(child)])
    : [];
}
