/** Programs that the library accepts, as it says itself: from its table of capabilities and from the tests of its props. */
import type { Chart } from 'cdk8s';
import { TextEmbeddingNim } from 'cdk8s-nim';
import { parseAllDocuments } from 'yaml';
import { type Manifest, render, testChart } from '../../support/manifests';
import { textEmbeddingNim } from '../../support/nims';
import { goldenPrograms, renderProgram } from '../../support/programs';
import { ROWS } from '../../properties/rows';

/** What one program renders. */
export interface Program {
  readonly name: string;
  readonly objects: readonly Manifest[];
}

/** main.ts and every example, each file of them. */
export function repositoryPrograms(): Promise<Program[]> {
  return Promise.all(
    goldenPrograms().map(async ({ program }) => ({
      name: program,
      objects: Object.values(await renderProgram(program)).flatMap((text) =>
        parseAllDocuments(text).flatMap((document) => (document.toJS() as Manifest | null) ?? []),
      ),
    })),
  );
}

/** One program for every optional prop of the public interface that is not about an ingress controller alone. */
export function propPrograms(namespaceOf: (name: string) => string): Program[] {
  return Object.entries(ROWS).flatMap(([interfaceName, rows]) =>
    Object.entries(rows).flatMap(([prop, row]) =>
      'refused' in row ? [] : [program(`${interfaceName}.${prop}`, namespaceOf, row.with)],
    ),
  );
}

/** What a chart may hold that no single prop shows. */
export function combinedPrograms(namespaceOf: (name: string) => string): Program[] {
  return [
    program('no ingress', namespaceOf, (chart) => {
      textEmbeddingNim({}, chart);
    }),
    program('two NIMs', namespaceOf, (chart) => {
      const { model, credentials } = textEmbeddingNim({}, chart);
      new TextEmbeddingNim(chart, 'second', { model, credentials });
    }),
  ];
}

/** Renders a program into a namespace of its own. */
export function program(name: string, namespaceOf: (name: string) => string, build: (chart: Chart) => void): Program {
  const chart = testChart({ namespace: namespaceOf(name) });
  build(chart);
  return { name, objects: render(chart) };
}

/** A namespace for each program. */
export function namespaceOfItsOwn(name: string): string {
  const slug = name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return slug.replace(/^-|-$/g, '').slice(0, 63).replace(/-$/, '');
}
