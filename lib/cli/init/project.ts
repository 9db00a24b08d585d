import type { ProjectOptions } from './options';
import { programOf } from './program';

/** The tools of a new project. A test compares them with those that the library is made with. */
const TOOLS = { 'cdk8s-cli': '^2.207.60', typescript: '^7.0.2' };

/** The files of a new project, by their path in it. */
export function projectFiles(
  options: ProjectOptions,
  peers: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return {
    'main.ts': programOf(options),
    // The compiler of TypeScript 7 takes less than a second, so each synth checks the types, too. With the source maps an error
    // names the line of main.ts.
    'cdk8s.yaml': 'language: typescript\napp: npx --no-install tsc && node --enable-source-maps build/main.js\n',
    'package.json': json({
      name: options.name,
      private: true,
      scripts: {
        // Otherwise each synth asks the registry for a newer cdk8s-cli.
        synth: 'cdk8s synth --no-check-upgrade',
        check: 'cdk8s-nim check --strict dist',
      },
      dependencies: { 'cdk8s-nim': options.package, ...peers },
      devDependencies: TOOLS,
    }),
    'tsconfig.json': json({
      compilerOptions: {
        target: 'es2022',
        module: 'node16',
        types: [],
        rootDir: '.',
        outDir: 'build',
        sourceMap: true,
        strict: true,
        noEmitOnError: true,
        noUncheckedIndexedAccess: true,
        skipLibCheck: true,
      },
      files: ['main.ts'],
    }),
    '.gitignore': 'build/\ndist/\nnode_modules/\n',
    ...ciFiles(options),
  };
}

function ciFiles({ ci }: ProjectOptions): Readonly<Record<string, string>> {
  switch (ci) {
    case 'github':
      return { '.github/workflows/manifests.yaml': GITHUB };
    case 'gitlab':
      return { '.gitlab-ci.yml': GITLAB };
    case 'none':
      return {};
  }
}

const GITHUB = `name: manifests
on:
  pull_request:
  push:
    branches: [main]
permissions:
  contents: read
jobs:
  manifests:
    runs-on: ubuntu-latest
    timeout-minutes: 10
    steps:
      - uses: actions/checkout@v5
      - uses: actions/setup-node@v6
        with:
          node-version: 24
      - run: npm ci
      - run: npm run synth
      - run: npm run check
`;

const GITLAB = `manifests:
  image: node:24
  timeout: 10 minutes
  script:
    - npm ci
    - npm run synth
    - npm run check
  artifacts:
    paths: [dist/]
`;

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
