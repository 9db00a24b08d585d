import { App, Chart } from 'cdk8s';
import fc from 'fast-check';
import { existsSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import { credentialsFrom, nimFrom } from '../../support/from-recipes';
import { credentialsRecipe, nimRecipe } from '../../support/arbitraries';
import { GITOPS_ROWS } from '../../properties/rows/gitops';
import { type Manifest, render, testChart } from '../../support/manifests';
import { filesIn, goldenPrograms } from '../../support/programs';

/** A rendered object and where it comes from. */
export interface Case {
  readonly source: string;
  readonly object: Manifest;
}

/** Every object of every committed render: main.ts and the examples. */
export function goldenCases(): Case[] {
  return goldenPrograms()
    .filter(({ golden }) => existsSync(golden))
    .flatMap(({ program, golden }) =>
      Object.entries(filesIn(golden)).flatMap(([file, text]) =>
        parseAllDocuments(text).map((document) => ({
          source: `${program} ${file}`,
          object: document.toJS() as Manifest,
        })),
      ),
    );
}

const GENERATED = { numRuns: 200, seed: 20261123 };

/** Random valid NIMs, the same in every run. */
export function generatedCases(): Case[] {
  return fc.sample(fc.tuple(credentialsRecipe, nimRecipe), GENERATED).flatMap(([credentials, nim], index) => {
    const chart = new Chart(new App(), 'generated', { namespace: 'embeddings' });
    nimFrom(chart, nim, credentialsFrom(chart, credentials));
    return render(chart).map((object) => ({ source: `generated ${index}: ${JSON.stringify(nim)}`, object }));
  });
}

/** What is rendered for Argo CD with each of its props. */
export function argoCdCases(): Case[] {
  return Object.entries(GITOPS_ROWS).flatMap(([name, rows]) =>
    Object.entries(rows).flatMap(([prop, row]) => {
      const chart = testChart({ namespace: 'argocd' });
      row.with(chart);
      return render(chart).map((object) => ({ source: `${name}.${prop}`, object }));
    }),
  );
}
