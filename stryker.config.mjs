// One folder of lib/ at a time, as scripts/mutation.mjs chooses it: docs/mutation.md.
const folder = process.env.MUTATION_FOLDER;
if (folder === undefined) throw new Error('run the mutation tests with: npm run test:mutation');

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  mutate: [`lib/${folder}/**/*.ts`],
  testRunner: 'vitest',
  // All tests of the folder reach all of its files through the one entry point of the library.
  vitest: { configFile: 'vitest.mutation.config.mts', related: false },
  coverageAnalysis: 'perTest',
  concurrency: 2,
  timeoutMS: 20_000,
  timeoutFactor: 3,
  incremental: true,
  incrementalFile: `.cache/stryker/${folder}.incremental.json`,
  tempDirName: `.cache/stryker/sandbox-${folder}`,
  ignorePatterns: ['/build', '/dist', '/coverage', '/.cache'],
  reporters: ['clear-text', 'json', 'html'],
  clearTextReporter: { allowColor: false, reportTests: false, reportMutants: false },
  jsonReporter: { fileName: `.cache/stryker/${folder}.json` },
  htmlReporter: { fileName: `.cache/stryker/${folder}.html` },
  warnings: { slow: false },
};
