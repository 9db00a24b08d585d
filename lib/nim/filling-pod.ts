import type { k8s } from 'cdk8s-plus-28';
import type { NgcCredentials } from '../secrets/ngc-credentials';
import type { SecurityProfile } from '../security/security-profile';
import { caBundlePart } from './ca-bundle-part';
import type { CachePlace } from './cache-place';
import type { ContainerImage } from './container-image';
import { furtherVolumes } from './further-volumes';
import { outsideMeshPart } from './mesh-part';
import type { NimDeploymentProps } from './nim-deployment-props';
import type { NimModel } from './nim-model';
import { fillResources } from './nim-resources';
import { mergeParts, type PodPart } from './pod-part';
import { type MainContainer, nimContainer, type PodPlan } from './pod-plan';
import { proxyPart } from './proxy-part';
import { Replicas } from './replicas';
import { resourceRequirements } from './resources';
import { type DownloadFacts, type RuntimeFacts, VISIBLE_DEVICES } from './runtime-facts';
import { placement } from './serving-pod';
import * as settings from './setting-parts';
import { completionPart, fillingCachePart, scratchParts, tmpPart } from './volume-parts';

/** What is decided once for a Job that fills the cache. */
export interface FillDecisions {
  /** The NIM that the cache is for: its name, and the labels of its pods. */
  readonly nim: string;
  readonly servingLabels: Record<string, string>;
  readonly model: NimModel;
  readonly port: number;
  readonly claimName: string;
  /** Whether several nodes can mount the claim. */
  readonly shareable: boolean;
  readonly credentials: NgcCredentials;
  readonly profile: SecurityProfile;
  readonly image: ContainerImage;
  readonly facts: RuntimeFacts & { readonly download: DownloadFacts };
  readonly place: CachePlace;
  readonly labels: Record<string, string>;
  readonly timeoutSeconds: number;
}

/**
 * The pod that downloads the model. Its init container does it; once that has ended well, the main container starts, and with it the
 * kubelet sets the mark that the serving pods wait for. The main container runs the same command, which finds everything there.
 */
export function fillingPod(serviceAccountName: string, fill: FillDecisions, props: NimDeploymentProps): PodPlan {
  const { profile, facts } = fill;
  const options = props.modelCache?.prefetch ?? {};
  const managed: PodPart[] = [
    settings.fixedPart(facts),
    settings.loggingPart(facts, props.logLevel, props.jsonLogs),
    settings.downloadPart(facts, true),
    { from: 'the download', env: facts.download.env },
    proxyPart(facts, props),
    caBundlePart(facts, props),
    // The images ask for every GPU of the node, and a download needs none.
    { from: 'the download', env: { [VISIBLE_DEVICES]: 'void' } },
  ];
  const mounted = [
    fillingCachePart(fill.claimName, facts, fill.place),
    ...scratchParts(facts, profile.readOnlyRootFilesystem),
    tmpPart(props.tmpSize),
  ];
  const completion = completionPart(fill.place);
  const credentials = settings.credentialsPart(fill.credentials, true);
  const downloading = [
    ...managed,
    credentials,
    ...settings.callersParts(props, facts, fill.port, mergeParts(managed).env),
    ...mounted,
    settingsPart(props, [...managed, credentials, ...mounted, completion]),
  ];
  const placed = placement(props);
  const parts = mergeParts(downloading);
  const container: Omit<MainContainer, 'name'> = {
    image: fill.image,
    command: facts.download.command?.(options.profile),
    resources: resourceRequirements(
      'ModelCache.prefetched resources',
      fillResources(options.resources ?? {}, parts, profile),
    ),
  };
  const download = nimContainer({ ...container, name: 'download' }, profile, parts);
  return {
    serviceAccountName,
    profile,
    scheduling: { ...placed, affinity: { ...placed.affinity, podAffinity: beside(fill) } },
    runOnce: { restartPolicy: 'Never', activeDeadlineSeconds: fill.timeoutSeconds },
    container: { ...container, name: 'complete' },
    parts: mergeParts([
      { from: 'the labels of the Job', labels: fill.labels },
      outsideMeshPart(props.mesh),
      { from: 'the download', initContainers: [download] },
      ...downloading,
      completion,
    ]),
  };
}

/** The volumes that variables may name. A claim may be where the Job cannot mount it. */
function settingsPart({ volumes = {} }: NimDeploymentProps, own: readonly PodPart[]): PodPart {
  const withoutClaims = Object.entries(volumes).filter(([, { claimName }]) => claimName === undefined);
  const one = Replicas.fixed('the Job', 1);
  return furtherVolumes(one)('NimDeployment volumes', Object.fromEntries(withoutClaims), own);
}

/**
 * On a node of a serving pod, which can mount the claim. A claim for one node makes it a condition: a pod elsewhere would hold the
 * volume that the download waits for, and wait for the download.
 */
function beside({ shareable, servingLabels }: FillDecisions): k8s.PodAffinity {
  const term = { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: servingLabels } };
  return shareable
    ? { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: term }] }
    : { requiredDuringSchedulingIgnoredDuringExecution: [term] };
}
