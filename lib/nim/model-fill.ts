import type { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { addObject } from '../common/api-object';
import { defined } from '../common/defined';
import { invalid } from '../common/invalid';
import { type InstanceLabels, instanceLabels } from '../common/labels';
import { LABEL_LENGTH } from '../common/names';
import { stableHash } from '../common/stable-hash';
import type { ContainerImage } from './container-image';
import { type FillDecisions, fillingPod } from './filling-pod';
import { existingClaimNote } from './model-cache-claim';
import type { NimDeploymentProps } from './nim-deployment-props';
import { renderPod } from './pod-plan';
import type { PrefetchedImage } from './prefetched-images';

/** Kubernetes waits 10 s after the first failure and at most 10 minutes: more than two hours of an outage. */
const RETRIES = 20;
const READABLE_LENGTH = 16;

/**
 * What fills the cache of `ModelCache.prefetched`.
 *
 * @example
 * const prefetched = nim.ModelCache.prefetched(claim);
 * const nimOfTheExample = new nim.NimDeployment(chart, 'prefetched', { model, credentials, modelCache: prefetched });
 * const serves = nimOfTheExample.modelFill?.jobs[0];
 */
export interface ModelFill {
  /** Name of the ServiceAccount, and the beginning of the names of the Jobs. */
  readonly name: string;
  /** Labels of the objects. */
  readonly labels: Record<string, string>;
  /** Labels that select the pods of all Jobs, and no others: for their network policy. */
  readonly selectorLabels: Record<string, string>;
  /** The ServiceAccount, without token. */
  readonly serviceAccount: ApiObject;
  /** The Jobs: the one for the image that serves, then those for the images ahead. */
  readonly jobs: ApiObject[];
}

/** What the Jobs of one NIM share, and the images that they are for. */
interface FillBasis extends Omit<FillDecisions, keyof PrefetchedImage | 'labels'> {
  readonly images: readonly PrefetchedImage[];
}

/**
 * Adds a Job for each image, and their ServiceAccount. A Job cannot be changed, so its name holds a hash of what it is: whatever
 * changes makes another Job, which finds what is there already.
 */
export function addModelFill(scope: Construct, basis: FillBasis, props: NimDeploymentProps): ModelFill {
  const fill = new Construct(scope, 'ModelFill');
  const name = fillName(basis.nim);
  const labels = fillLabels(basis);
  const serviceAccount = addObject(fill, 'ServiceAccount', k8s.KubeServiceAccount, {
    metadata: { name, labels: labels.all },
    automountServiceAccountToken: false,
  });
  const jobs = basis.images.map((image, index) => {
    basis.credentials._requireLogin(image.image.registry, `NimDeployment ${basis.nim}`);
    const spec: k8s.JobSpec = {
      backoffLimit: RETRIES,
      template: renderPod(fillingPod(name, { ...basis, ...image, labels: labels.all }, props)),
    };
    return addObject(fill, index === 0 ? 'Job' : `Ahead${index}`, k8s.KubeJob, {
      metadata: defined({
        name: jobName(basis.nim, image.image, spec),
        labels: labels.all,
        annotations: existingClaimNote(props.modelCache),
      }),
      spec,
    });
  });
  return { name, labels: labels.all, selectorLabels: labels.selector, serviceAccount, jobs };
}

function fillName(nim: string): string {
  return `${nim}-fill`;
}

function fillLabels({ model: { family }, nim }: FillBasis): InstanceLabels {
  return instanceLabels({
    application: `${family.application}-fill`,
    instance: nim,
    component: 'model-download',
    partOf: family.partOf,
  });
}

/** With the version, for those who read it. */
function jobName(nim: string, { tag = '' }: ContainerImage, spec: k8s.JobSpec): string {
  const version = tag
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, READABLE_LENGTH)
    .replace(/^-|-$/g, '');
  const hash = stableHash(JSON.stringify(spec)).toString(16).padStart(8, '0');
  const job = [fillName(nim), version, hash].filter((part) => part !== '').join('-');
  if (job.length > LABEL_LENGTH) {
    throw invalid({
      what: 'NimDeployment name',
      value: nim,
      because: `the Job that fills its cache would be ${job}, and a Job has at most ${LABEL_LENGTH} characters`,
      instead: `shorten it by ${job.length - LABEL_LENGTH}`,
    });
  }
  return job;
}
