import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** The names in the first cells of the table below a heading of a page. Braces stand for each of their parts. */
function listedIn(page: string, heading: string): string[] {
  const section =
    readFileSync(page, 'utf8')
      .split(/^## /m)
      .find((text) => text.startsWith(heading)) ?? '';
  const cells = [...section.matchAll(/^\| (.+?) \|/gm)].map(([, cell = '']) => cell).join(' ');
  return [...cells.matchAll(/`([^`]+)`/g)].flatMap(([, name = '']) => {
    const [, start = name, parts] = /^(.*)\{(.*)\}$/.exec(name) ?? [];
    return parts === undefined ? [name] : parts.split(',').map((part) => `${start}${part}`);
  });
}

/** Whether a value is listed by its name, with its group (`metrics.*`), or by its last part in the row of others of the group. */
function isListed(value: string, listed: readonly string[]): boolean {
  const [group = '', ...members] = value.split('.');
  const names = listed.map((name) => name.replace(/\.\*$/, ''));
  const isOfGroup = names.some((name) => name === group || name.startsWith(`${group}.`));
  return (
    names.some((name) => value === name || value.startsWith(`${name}.`)) ||
    (isOfGroup && names.includes(members.at(-1) ?? ''))
  );
}

/** Members of a group, with its name before them. */
const of = (group: string, members: string): string[] => members.split(' ').map((member) => `${group}.${member}`);

// The parameters of NVIDIA's charts text-embedding-nim 1.0.0 and nvidia-nim-llama-32-nv-embedqa-1b-v2 1.5.0.
const VALUES = [
  ...'affinity nodeSelector tolerations podAnnotations containerSecurityContext securityContext podSecurityContext'.split(
    ' ',
  ),
  ...'customCommand customArgs envVars env extraVolumes extraVolumeMounts initContainers imagePullSecrets'.split(' '),
  ...'replicaCount resources livenessProbe readinessProbe startupProbe shmSize zipkinDeployed logLevel'.split(' '),
  ...'ingress_endpoint egress_endpoint params terminationGracePeriodSeconds progressDeadlineSeconds'.split(' '),
  ...of('image', 'repository tag pullPolicy'),
  ...of('nim', 'nimCache modelName ngcAPIKey ngcAPISecret httpPort serverPort grpcPort labels jsonLogging logLevel'),
  ...of('persistence', 'enabled existingClaim storageClass accessMode size annotations'),
  ...of('persistence', 'existingClaimName class createPV retain'),
  ...of('service', 'type name httpPort serverPort grpcPort metricsPort annotations labels'),
  ...of('serviceAccount', 'create annotations name'),
  ...of('autoscaling', 'enabled minReplicas maxReplicas metrics'),
  ...of('ingress', 'enabled className annotations hosts tls'),
  ...['statefulSet.enabled', 'metrics.enabled', 'serviceMonitor.enabled', 'hostPath.path', 'nfs.server'],
];

// The fields of NIMService and NIMCache in the source of the NIM Operator, August 2026.
const NIM_SERVICE = [
  ...'authSecret env command args livenessProbe readinessProbe startupProbe replicas resources draResources'.split(' '),
  ...'nodeSelector tolerations affinity schedulerName runtimeClassName priorityClassName userID groupID'.split(' '),
  ...'initContainers sidecarContainers multiNode labels annotations'.split(' '),
  ...of('image', 'repository tag pullPolicy pullSecrets'),
  ...of('storage', 'nimCache hostPath emptyDir.sizeLimit readOnly sharedMemorySizeLimit'),
  ...of('storage.pvc', 'create name storageClass size volumeAccessMode subPath'),
  ...of('expose.service', 'type name port grpcPort metricsPort annotations labels'),
  ...of('expose', 'ingress router.ingress router.gateway router.eppConfig'),
  ...of('proxy', 'httpProxy httpsProxy noProxy certConfigMap'),
  ...['scale.enabled', 'scale.hpa', 'metrics.enabled', 'metrics.serviceMonitor'],
];
const NIM_CACHE = [
  ...'resources env proxy userID groupID nodeSelector tolerations runtimeClassName initContainers'.split(' '),
  ...of('source.ngc', 'modelPuller pullSecret authSecret modelEndpoint'),
  ...of('source.ngc.model', 'profiles precision engine tensorParallelism qosProfile gpus lora buildable'),
  ...['source.hf', 'source.dataStore', 'storage.pvc.create', 'storage.hostPath'],
];

describe.each([
  ['migrate-from-helm.md', 'Value by value', VALUES],
  ['migrate-from-nim-operator.md', 'Field by field: NIMService', NIM_SERVICE],
  ['migrate-from-nim-operator.md', 'Field by field: NIMCache', NIM_CACHE],
])('docs/%s, %s', (page, heading, values) => {
  const listed = listedIn(`docs/${page}`, heading);

  it.each(values)('has a row for %s', (value) => {
    expect(isListed(value, listed)).toBe(true);
  });

  it('has none for what is not there', () => {
    expect(isListed('unheardOf', listed) || isListed('storage.unheardOf', listed)).toBe(false);
  });
});
