import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { COMPONENTS, TOOLS } from '../../../scripts/cluster/tools';
import type { Manifest } from '../../support/manifests';
import type { ServingProcess } from '../../support/serving-process';
import type { ApiClient } from './api-client';
import type { ControlPlane } from './control-plane';
import { installDefinitions } from './definitions';
import { eventually } from './eventually';
import { secretIn } from './external-secrets';

/** The controllers of cert-manager, on a control plane that the tests around the call have. */
export function useCertManager(plane: () => ControlPlane): () => ServingProcess {
  let process: ServingProcess | undefined;
  beforeAll(async () => {
    const definitions = COMPONENTS.keptOf(TOOLS['cert-manager'], 'deploy/crds');
    await installDefinitions(
      plane().api,
      readdirSync(definitions)
        .filter((file) => file.endsWith('.yaml'))
        .flatMap((file) => parseAllDocuments(readFileSync(join(definitions, file), 'utf8')))
        .map((document) => document.toJS() as Manifest),
    );
    process = await plane().run('cert-manager', [plane().kubeconfig], []);
  });
  return () => {
    if (process === undefined) {
      throw new Error('cert-manager has not started');
    }
    return process;
  };
}

/** A ClusterIssuer, or an Issuer where there is a namespace, whose certificates sign themselves. */
export function selfSigned(name: string, namespace?: string): Manifest {
  return {
    apiVersion: 'cert-manager.io/v1',
    kind: namespace === undefined ? 'ClusterIssuer' : 'Issuer',
    metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
    spec: { selfSigned: {} },
  };
}

/** Waits for the certificate in a Secret of type kubernetes.io/tls that has its key too, and the right one. */
export function issued(api: ApiClient, namespace: string, name: string): Promise<X509Certificate> {
  return eventually(`a certificate in the Secret ${namespace}/${name}`, async () => {
    const secret = await secretIn(api, namespace, name);
    const { 'tls.crt': certificate = '', 'tls.key': key = '' } = secret?.data ?? {};
    if (secret?.type !== 'kubernetes.io/tls' || certificate === '' || key === '') {
      return undefined;
    }
    const parsed = new X509Certificate(certificate);
    return parsed.checkPrivateKey(createPrivateKey(key)) ? parsed : undefined;
  });
}
