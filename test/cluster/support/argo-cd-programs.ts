import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import { COMPONENTS, TOOLS } from '../../../scripts/cluster/tools';
import { freePorts, LOOPBACK } from '../../support/loopback';
import type { Manifest } from '../../support/manifests';
import type { ServingProcess } from '../../support/serving-process';
import type { ControlPlane } from './control-plane';
import { addHost } from './forwarder';
import { executable } from './tools';

/** Where Argo CD runs, and its Applications are. */
export const ARGO_CD = 'argocd';
/** How often it looks for commits: every two to three minutes by default. */
const RECONCILIATION = '5s';

/** A cluster that Argo CD deploys to, beside the one on which it runs. */
export interface Cluster {
  readonly server: string;
  readonly plane: ControlPlane;
  readonly labels?: Readonly<Record<string, string>>;
}

/** Who may read the repository. */
export interface Account {
  readonly username: string;
  readonly password: string;
}

/** What its installation and a platform team give it: its configuration, and Secrets for the repository and the clusters. */
export function argoCdObjects(
  repository: string,
  account: Account,
  clusters: Readonly<Record<string, Cluster>>,
): Manifest[] {
  const configuration = COMPONENTS.keptOf(TOOLS['argo-cd'], 'manifests/base/config');
  const released = parse(readFileSync(join(configuration, 'argocd-cm.yaml'), 'utf8')) as Manifest;
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: ARGO_CD } },
    { ...released, metadata: { ...released.metadata, namespace: ARGO_CD } },
    secret('argocd-secret', { 'app.kubernetes.io/part-of': 'argocd' }, { 'server.secretkey': randomUUID() }),
    secret('manifests', typed('repository'), { type: 'git', url: repository, ...account }),
    ...Object.entries(clusters).map(([name, cluster]) => clusterSecret(name, cluster)),
  ];
}

/** The cluster of a control plane under another name, which is in its certificate too: for Argo CD it is another cluster. */
export function underAnotherName(plane: ControlPlane): Cluster {
  addHost(LOOPBACK, 'kubernetes');
  return { server: (plane.access['endpoint'] ?? '').replace(LOOPBACK, 'kubernetes'), plane };
}

/** The cluster of a control plane by its address. */
export function byAddress(plane: ControlPlane): Cluster {
  return { server: plane.access['endpoint'] ?? '', plane };
}

/** What `argocd cluster add` makes. */
export function clusterSecret(name: string, { server, plane, labels = {} }: Cluster): Manifest {
  const { token = '', certAuthFilePath = '' } = plane.access;
  const config = {
    bearerToken: token,
    tlsClientConfig: { caData: readFileSync(certAuthFilePath).toString('base64') },
  };
  return secret(
    `cluster-${name}`,
    { ...typed('cluster'), ...labels },
    { name, server, config: JSON.stringify(config) },
  );
}

function typed(type: string): Record<string, string> {
  return { 'argocd.argoproj.io/secret-type': type };
}

function secret(name: string, labels: Readonly<Record<string, string>>, stringData: object): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace: ARGO_CD, labels },
    type: 'Opaque',
    stringData,
  };
}

/** Redis, the repository server and the two controllers; they end with the control plane. */
export async function startArgoCd(plane: ControlPlane, directory: string): Promise<readonly ServingProcess[]> {
  const [redis = 0, repository = 0, repositoryMetrics = 0, metrics = 0, setMetrics = 0, setProbe = 0, setWebhook = 0] =
    await freePorts(7);
  const at = (port: number): string => `${LOOPBACK}:${port}`;
  await plane.run(
    'redis-server',
    ['--bind', LOOPBACK, '--port', `${redis}`, '--save', '', '--appendonly', 'no', '--dir', directory],
    [redis],
  );
  const environment = programEnvironment(plane, directory);
  const start = (part: string, args: readonly string[], ports: readonly number[]): Promise<ServingProcess> =>
    plane.run('argo-cd', args, ports, { environment: { ...environment, ARGOCD_BINARY_NAME: `argocd-${part}` } });
  const server = await start(
    'repo-server',
    [
      ...['--redis', at(redis), '--address', LOOPBACK, '--port', `${repository}`],
      ...['--metrics-address', LOOPBACK, '--metrics-port', `${repositoryMetrics}`],
    ],
    [repository],
  );
  const controllers = await Promise.all([
    start(
      'application-controller',
      [
        ...['--namespace', ARGO_CD, '--redis', at(redis), '--repo-server', at(repository)],
        ...['--metrics-port', `${metrics}`],
      ],
      [metrics],
    ),
    start(
      'applicationset-controller',
      [
        ...['--namespace', ARGO_CD, '--argocd-repo-server', at(repository), '--metrics-addr', at(setMetrics)],
        ...['--probe-addr', at(setProbe), '--webhook-addr', at(setWebhook)],
      ],
      [setProbe],
    ),
  ]);
  return [server, ...controllers];
}

function programEnvironment(plane: ControlPlane, directory: string): Record<string, string> {
  const folder = (name: string): string => {
    mkdirSync(join(directory, name), { recursive: true });
    return join(directory, name);
  };
  // What its image has beside it: Git asks the first for the password, and the second looks at the signature of every commit.
  symlinkSync(executable('argo-cd'), join(folder('bin'), 'argocd'));
  const wrapper = COMPONENTS.keptOf(TOOLS['argo-cd'], 'hack/git-verify-wrapper.sh');
  writeFileSync(join(folder('bin'), basename(wrapper)), readFileSync(wrapper), { mode: 0o755 });
  return {
    KUBECONFIG: plane.kubeconfig,
    // Its own cluster is that of the kubeconfig, because it runs in no pod.
    ARGOCD_FAKE_IN_CLUSTER: 'true',
    ARGOCD_RECONCILIATION_TIMEOUT: RECONCILIATION,
    ARGOCD_RECONCILIATION_JITTER: '0s',
    ARGOCD_GPG_ENABLED: 'false',
    ARGOCD_TLS_DATA_PATH: folder('tls'),
    ARGOCD_SSH_DATA_PATH: folder('ssh'),
    ARGOCD_ASK_PASS_SOCK: join(directory, 'ask-pass.sock'),
    TMPDIR: folder('tmp'),
    HOME: folder('home'),
    PATH: `${join(directory, 'bin')}:${process.env['PATH'] ?? ''}`,
  };
}
