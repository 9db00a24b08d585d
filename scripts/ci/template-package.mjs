// Prints the package.json of an app that `cdk8s init typescript-app` makes, from the template of the installed cdk8s command, without
// its test runner, and with the packed package. Usage: node scripts/ci/template-package.mjs <tarball>
import { readFileSync } from 'node:fs';

const TEMPLATE = 'node_modules/cdk8s-cli/templates/typescript-app/package.json';

const { peerDependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
const { 'cdk8s-plus-28': lowestPlus, ...peers } = peerDependencies;
const ours = { ...peers, ...pick(devDependencies, ['cdk8s-plus-33', 'cdk8s-cli']) };
const template = JSON.parse(readFileSync(TEMPLATE, 'utf8').replaceAll('{{ $base }}', 'newer-plus'));
if (!('cdk8s-plus-33' in template.dependencies)) throw new Error(`${TEMPLATE} has no cdk8s-plus-33`);

const withVersions = (wanted) =>
  Object.fromEntries(
    Object.entries(wanted)
      .filter(([name]) => !name.includes('jest'))
      .map(([name, range]) => [name, ours[name] ?? range]),
  );
console.log(
  JSON.stringify(
    {
      ...template,
      dependencies: {
        ...withVersions(template.dependencies),
        'cdk8s-plus-28': lowestPlus,
        'cdk8s-nim': `file:${process.argv[2]}`,
      },
      devDependencies: withVersions(template.devDependencies),
    },
    null,
    2,
  ),
);

function pick(record, names) {
  return Object.fromEntries(names.map((name) => [name, record[name]]));
}
