/**
 * Generates imports/: typed classes of the custom resources that the library renders, one file per kind.
 *
 *   npm run import              reads each definition from its pinned address
 *   npm run import -- --check   compares instead of writing; exit code 1 on a difference
 *   CRDS_DIR=<directory>        reads the definitions from files named <group>_<plural>.yaml instead
 *
 * A definition loses its descriptions and every version but the named one, then goes through `cdk8s import`.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';

const CERT_MANAGER = { repository: 'cert-manager/cert-manager', tag: 'v1.21.1', directory: 'deploy/crds' };
const ENVOY_GATEWAY = {
  repository: 'envoyproxy/gateway',
  tag: 'v1.9.0',
  directory: 'charts/gateway-helm/charts/crds/crds/generated',
};
const EXTERNAL_SECRETS = {
  repository: 'external-secrets/external-secrets',
  tag: 'v2.9.0',
  directory: 'config/crds/bases',
};
const GATEWAY_API = { repository: 'kubernetes-sigs/gateway-api', tag: 'v1.6.1', directory: 'config/crd/standard' };
const NGINX = { repository: 'nginx/kubernetes-ingress', tag: 'v5.5.4', directory: 'config/crd/bases' };
const OPENSHIFT = {
  repository: 'openshift/api',
  tag: '2a3d73913b5a7caec4c57d5c3d04f51106ec4da3', // this repository has no release tags
  directory: 'route/v1/zz_generated.crd-manifests',
};
const TRAEFIK = {
  repository: 'traefik/traefik',
  tag: 'v3.7.9',
  directory: 'docs/content/reference/dynamic-configuration',
};

/** Every definition to import. `upstreamFile` is only named where it is not <group>_<plural>.yaml. */
const DEFINITIONS = [
  { group: 'cert-manager.io', plural: 'certificates', kind: 'Certificate', version: 'v1', ...CERT_MANAGER },
  {
    group: 'external-secrets.io',
    plural: 'externalsecrets',
    kind: 'ExternalSecret',
    version: 'v1',
    ...EXTERNAL_SECRETS,
  },
  {
    group: 'gateway.envoyproxy.io',
    plural: 'backendtrafficpolicies',
    kind: 'BackendTrafficPolicy',
    version: 'v1alpha1',
    ...ENVOY_GATEWAY,
  },
  {
    group: 'gateway.envoyproxy.io',
    plural: 'clienttrafficpolicies',
    kind: 'ClientTrafficPolicy',
    version: 'v1alpha1',
    ...ENVOY_GATEWAY,
  },
  {
    group: 'gateway.envoyproxy.io',
    plural: 'securitypolicies',
    kind: 'SecurityPolicy',
    version: 'v1alpha1',
    ...ENVOY_GATEWAY,
  },
  { group: 'gateway.networking.k8s.io', plural: 'httproutes', kind: 'HTTPRoute', version: 'v1', ...GATEWAY_API },
  { group: 'k8s.nginx.org', plural: 'policies', kind: 'Policy', version: 'v1', ...NGINX },
  {
    group: 'route.openshift.io',
    plural: 'routes',
    kind: 'Route',
    version: 'v1',
    upstreamFile: 'routes.crd.yaml',
    ...OPENSHIFT,
  },
  { group: 'traefik.io', plural: 'middlewares', kind: 'Middleware', version: 'v1alpha1', ...TRAEFIK },
  { group: 'traefik.io', plural: 'serverstransports', kind: 'ServersTransport', version: 'v1alpha1', ...TRAEFIK },
  { group: 'traefik.io', plural: 'tlsoptions', kind: 'TLSOption', version: 'v1alpha1', ...TRAEFIK },
];

const projectDirectory = dirname(dirname(fileURLToPath(import.meta.url)));
const importsDirectory = join(projectDirectory, 'imports');

const fileName = ({ group, kind }) => `${group}-${kind.toLowerCase()}.ts`;
const upstreamPath = ({ directory, group, plural, upstreamFile = `${group}_${plural}.yaml` }) =>
  `${directory}/${upstreamFile}`;

async function readDefinition(definition) {
  const local = process.env.CRDS_DIR;
  if (local) return readFileSync(join(local, `${definition.group}_${definition.plural}.yaml`), 'utf8');
  const { repository, tag } = definition;
  const url = `https://raw.githubusercontent.com/${repository}/${tag}/${upstreamPath(definition)}`;
  const response = await fetch(url).catch((error) => {
    throw new Error(`${url}: ${error.cause?.message ?? error.message}`);
  });
  if (!response.ok) throw new Error(`${url}: HTTP ${response.status}`);
  return response.text();
}

/** The schema without the texts of its descriptions; a property that is itself named "description" stays. */
function withoutDescriptions(schema) {
  if (Array.isArray(schema)) return schema.map(withoutDescriptions);
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([key, value]) => !(key === 'description' && typeof value === 'string'))
      .map(([key, value]) => [
        key,
        key === 'properties'
          ? Object.fromEntries(Object.entries(value).map(([name, property]) => [name, withoutDescriptions(property)]))
          : withoutDescriptions(value),
      ]),
  );
}

/** The CustomResourceDefinition with the one version that is asked for. */
function reduce(text, { group, kind, version }) {
  const name = `${kind} ${version} of ${group}`;
  const crd = parseAllDocuments(text)
    .map((document) => document.toJS())
    .find((object) => object?.kind === 'CustomResourceDefinition' && object.spec.names.kind === kind);
  if (crd?.spec.group !== group) throw new Error(`the definition of ${name} was not found in its file`);
  const found = crd.spec.versions.find((candidate) => candidate.name === version && candidate.served);
  if (!found) throw new Error(`${name} is not served by its definition`);
  return {
    apiVersion: crd.apiVersion,
    kind: crd.kind,
    metadata: { name: crd.metadata.name },
    spec: { ...crd.spec, versions: [{ ...found, schema: withoutDescriptions(found.schema) }] },
  };
}

/** Runs `cdk8s import` once over all definitions; returns the text of each file of imports/. */
async function generate(workDirectory) {
  const texts = await Promise.all(DEFINITIONS.map(readDefinition));
  const imports = DEFINITIONS.map((definition, index) => {
    const prefix = definition.kind.toLowerCase();
    const file = `${prefix}-${definition.group}.json`;
    writeFileSync(join(workDirectory, file), JSON.stringify(reduce(texts[index], definition)));
    return `${prefix}:=${file}`;
  });
  writeFileSync(join(workDirectory, 'cdk8s.yaml'), JSON.stringify({ language: 'typescript', imports }));
  execFileSync(
    process.execPath,
    [
      join(projectDirectory, 'node_modules/cdk8s-cli/bin/cdk8s'),
      'import',
      '--no-check-upgrade',
      '--no-save',
      '--output',
      'out',
    ],
    { cwd: workDirectory, stdio: 'pipe' },
  );
  return new Map(
    DEFINITIONS.map((definition) => {
      const generated = join(workDirectory, 'out', `${definition.kind.toLowerCase()}-${definition.group}.ts`);
      const header = [
        '// Generated by `npm run import`; do not edit.',
        `// Source: ${definition.repository}@${definition.tag} ${upstreamPath(definition)}`,
      ];
      return [fileName(definition), `${header.join('\n')}\n${readFileSync(generated, 'utf8')}`];
    }),
  );
}

function existingFiles() {
  mkdirSync(importsDirectory, { recursive: true });
  return new Map(
    readdirSync(importsDirectory).map((file) => [file, readFileSync(join(importsDirectory, file), 'utf8')]),
  );
}

/** One line per difference between the generated and the committed files, with the first differing line. */
function differences(generated, existing) {
  return [...new Set([...generated.keys(), ...existing.keys()])].sort().flatMap((file) => {
    if (!existing.has(file)) return [`imports/${file}: missing`];
    if (!generated.has(file)) return [`imports/${file}: not generated by this script`];
    const expected = generated.get(file).split('\n');
    const actual = existing.get(file).split('\n');
    const line = expected.findIndex((text, index) => text !== actual[index]);
    if (line < 0 && expected.length === actual.length) return [];
    const at = line < 0 ? expected.length : line;
    return [
      `imports/${file}: differs from line ${at + 1} (${actual.length} lines, expected ${expected.length})`,
      `  - ${actual[at] ?? '<end of file>'}`,
      `  + ${expected[at] ?? '<end of file>'}`,
    ];
  });
}

const check = process.argv.includes('--check');
const workDirectory = mkdtempSync(join(tmpdir(), 'cdk8s-import-'));
try {
  const generated = await generate(workDirectory);
  const existing = existingFiles();
  const changes = differences(generated, existing);
  if (check) {
    for (const change of changes) console.error(change);
    if (changes.length > 0) throw new Error('imports/ is not up to date: run `npm run import`');
    console.log(`imports/ is up to date (${generated.size} files)`);
  } else {
    for (const file of existing.keys()) if (!generated.has(file)) rmSync(join(importsDirectory, file));
    for (const [file, text] of generated) writeFileSync(join(importsDirectory, file), text);
    for (const file of generated.keys()) console.log(`imports/${file}`);
  }
} catch (error) {
  console.error(`error: ${error.message}`);
  process.exitCode = 1;
} finally {
  rmSync(workDirectory, { recursive: true, force: true });
}
