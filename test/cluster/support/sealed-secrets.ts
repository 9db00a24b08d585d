import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { beforeAll } from 'vitest';
import { freePorts, LOOPBACK } from '../../support/loopback';
import type { ServingProcess } from '../../support/serving-process';
import type { ControlPlane } from './control-plane';
import { executable } from './tools';

/** Where its keys are. */
const NAMESPACE = 'sealed-secrets';
/** Starts a program that sees the files of its account as in a pod. */
const AS_IN_A_POD = 'mount --bind "$1" "$(readlink -f /var/run)"; shift; exec "$@"';

/** The controller of Sealed Secrets, on a control plane that the tests around the call have. */
export class SealedSecretsSystem {
  public static async start(plane: ControlPlane): Promise<SealedSecretsSystem> {
    await plane.api.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } });
    const { endpoint = '', token = '', certAuthFilePath = '' } = plane.access;
    const account = 'run/secrets/kubernetes.io/serviceaccount';
    mkdirSync(plane.path(account), { recursive: true });
    plane.write(`${account}/token`, token);
    plane.write(`${account}/ca.crt`, readFileSync(certAuthFilePath, 'utf8'));
    const [port = 0, metrics = 0] = await freePorts(2);
    const controller = await plane.start(
      'unshare',
      [
        ...['--mount', 'sh', '-c', AS_IN_A_POD, 'sh', plane.path('run'), executable('sealed-secrets')],
        ...['--listen-addr', `${LOOPBACK}:${port}`, '--listen-metrics-addr', `${LOOPBACK}:${metrics}`],
      ],
      [port],
      {
        environment: {
          KUBERNETES_SERVICE_HOST: new URL(endpoint).hostname,
          KUBERNETES_SERVICE_PORT: new URL(endpoint).port,
          POD_NAMESPACE: NAMESPACE,
        },
      },
    );
    const answer = await fetch(`http://${LOOPBACK}:${port}/v1/cert.pem`);
    return new SealedSecretsSystem(plane, controller, plane.write('sealing.crt', await answer.text()));
  }

  private constructor(
    private readonly plane: ControlPlane,
    public readonly controller: ServingProcess,
    private readonly certificate: string,
  ) {}

  /** What `kubeseal --raw` prints for a text. */
  public seal(text: string, ...where: readonly string[]): string {
    const file = this.plane.write('to-be-sealed', text);
    const { status, stdout, stderr } = spawnSync(
      executable('kubeseal'),
      ['--raw', '--cert', this.certificate, '--from-file', file, ...where],
      { encoding: 'utf8' },
    );
    if (status !== 0) {
      throw new Error(`kubeseal: ${stderr}`);
    }
    return stdout;
  }
}

/** The controller of Sealed Secrets for the tests around the call. */
export function useSealedSecrets(plane: () => ControlPlane): () => SealedSecretsSystem {
  let system: SealedSecretsSystem | undefined;
  beforeAll(async () => {
    system = await SealedSecretsSystem.start(plane());
  });
  return () => {
    if (system === undefined) {
      throw new Error('the controller of Sealed Secrets has not started');
    }
    return system;
  };
}
