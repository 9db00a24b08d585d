import { fileURLToPath } from 'node:url';
import type { Vitest } from 'vitest/node';
import { defineConfig } from 'vitest/config';

// The tests that judge the mutants of `npm run test:mutation`: see docs/mutation.md.
// Rules and their readers are tested through each other.
const JUDGING = ['test/{manifests,guardrails}/**/*.test.ts', 'test/docs/pages.test.ts'];
const TESTS: Record<string, string[]> = {
  secrets: ['test/secrets/**/*.test.ts'],
  nim: [
    'test/{nim,security}/**/*.test.ts',
    'test/text-embedding-nim.test.ts',
    'test/properties/public-props.test.ts',
    'test/ingress/paths.test.ts',
  ],
  manifests: JUDGING,
  guardrails: JUDGING,
};
const folder = process.env['MUTATION_FOLDER'] ?? '';

let vitest: Vitest | undefined;

export default defineConfig({
  resolve: {
    alias: { 'cdk8s-nim': fileURLToPath(new URL('lib/index.ts', import.meta.url)) },
  },
  test: {
    include: TESTS[folder] ?? Object.values(TESTS).flat(),
    exclude: ['**/node_modules/**', 'test/guardrails/{mutants,guardrails-validation}.test.ts'],
    isolate: false,
    reporters: [
      {
        onInit: (context) => {
          vitest = context;
        },
        // Stryker counts failed tests. A file that throws outside of its tests has none, and its mutant would count as survived.
        onTestRunEnd: () => {
          for (const file of vitest?.state.getFiles() ?? []) {
            const { result } = file;
            if (result?.state === 'fail' && file.tasks.length === 0) {
              file.tasks.push({
                type: 'test',
                id: `${file.id}_0`,
                name: 'is collected',
                fullName: `${file.name} > is collected`,
                fullTestName: 'is collected',
                mode: 'run',
                meta: {},
                file,
                suite: file,
                context: {} as never,
                annotations: [],
                artifacts: [],
                timeout: 0,
                result,
              });
            }
          }
        },
      },
    ],
  },
});
