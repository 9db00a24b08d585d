import { imageReference } from '../common/image-reference';
import { ContainerImage } from '../nim/container-image';
import { factsOfTag, generationsOf, NIM_FAMILIES } from '../nim/generations';
import type { NimFamily } from '../nim/nim-family';
import { DEFAULT_API_PORT, NGC_API_KEY, type RuntimeFacts, TLS_SETTING } from '../nim/runtime-facts';
import { at, type Fields, fieldsAt, listAt, numberAt, textAt } from './fields';
import { type Container, declaredPorts, envOf, type Pod, portNumber } from './pods';
import { quantity } from './quantities';
import { remembered } from './remembered';

/** The vendor comes after `nim`: `nvcr.io/nim/nvidia/…`, also below the address of a mirror. */
const NIM_IMAGE = /(^|\/)nim\/[^/]+\/[^/]+/;
/** What only the server reads. Clients have the address of a NIM in variables of their own: `NIM_URL`, `NIM_ENDPOINT`. */
const SERVER_SETTINGS = NIM_FAMILIES.flatMap(generationsOf)
  .flatMap((facts) => [
    ...[facts.fixed, facts.listen(DEFAULT_API_PORT), facts.downloadFromNgc, facts.offline].flatMap(Object.keys),
    facts.maxQueueSizeVariable,
    facts.requestTimeout?.variable ?? '',
  ])
  .filter((name) => name.startsWith('NIM_'));

/** Whether a container runs a NIM: by the image's path, by settings of the server, or by the key of NGC beside a GPU. */
export const isNim = remembered(
  (container: Container): boolean =>
    NIM_IMAGE.test(textAt(container.fields, 'image') ?? '') ||
    (container.list === 'containers' &&
      envOf(container).some(
        ({ name }) => SERVER_SETTINGS.includes(name) || (name === NGC_API_KEY && hasGpuLimit(container)),
      )),
);

/**
 * GPUs under the names that device plugins give them: NVIDIA's own with its parts and renamed ones (`nvidia.com/mig-1g.10gb`,
 * `nvidia.com/a100-80gb`), and those of others (`volcano.sh/vgpu-number`, `aliyun.com/gpu-mem`). Not the network devices of NVIDIA.
 */
const GPU_RESOURCE = /^(nvidia\.com\/(?!hostdev|mlnx|rdma|ib|sriov)|(?!requests\.)[^/]+\/[^/]*gpu)/i;

export function hasGpuLimit({ fields }: Container): boolean {
  return Object.entries(fieldsAt(fields, 'resources', 'limits')).some(
    ([name, amount]) => GPU_RESOURCE.test(name) && (quantity(amount) ?? 0) > 0,
  );
}

/** The containers that serve a model. */
export const servingNims = remembered((pod: Pod): Container[] => {
  return pod.serving ? pod.containers.filter((container) => container.list === 'containers' && isNim(container)) : [];
});

/** The family of a NIM, by the name of its image or by our own label. Facts of the known families do not hold for any other. */
function familyOf(container: Container): NimFamily | undefined {
  const { repository } = imageReference(textAt(container.fields, 'image') ?? '');
  return (
    NIM_FAMILIES.find((family) => family._hasImage(repository)) ??
    NIM_FAMILIES.find(({ application }) => application === container.application)
  );
}

/** The version that the tag of an image tells; a digest alone, a floating tag and an unreadable reference tell none. */
function tagOf(container: Container): string | undefined {
  try {
    return ContainerImage.fromReference(textAt(container.fields, 'image') ?? '').tag;
  } catch {
    return undefined;
  }
}

/** The name of the image of a NIM, which says the model: `llama-nemotron-embed-1b-v2`. */
export function imageNameOf(container: Container): string {
  return imageReference(textAt(container.fields, 'image') ?? '').repository.replace(/^.*\//, '');
}

/** What is known of a NIM, when its family is known and the tag of its image tells the generation. */
export const factsOfContainer = remembered((container: Container): RuntimeFacts | undefined => {
  const family = familyOf(container);
  const tag = tagOf(container);
  return family === undefined || tag === undefined ? undefined : factsOfTag(family, tag);
});

/** How long the NIM itself may take for one request; `undefined` for a generation without such a limit. */
export function requestTimeoutOf(container: Container): number | undefined {
  const setting = factsOfContainer(container)?.requestTimeout;
  if (setting === undefined) {
    return undefined;
  }
  const value = variablesByName(container).get(setting.variable);
  return value === undefined ? setting.defaultSeconds : Number(textAt(value, 'value'));
}

/** The variables of a container by their names; of several with one name the last one counts. */
const variablesByName = remembered(
  (container: Container): ReadonlyMap<string, Fields> =>
    new Map(envOf(container).map(({ name, fields }) => [name, fields])),
);

/** What is known of a variable: nothing sets it, or it is set to a text, or to what the manifests do not say. */
export type Setting = { readonly set: false } | { readonly set: true; readonly text: string | undefined };

export function settingOf(container: Container, name: string): Setting {
  const variable = variablesByName(container).get(name);
  if (variable === undefined) {
    // A ConfigMap or a Secret may hold it.
    return listAt(container.fields, 'envFrom').length === 0 ? { set: false } : { set: true, text: undefined };
  }
  const text = textAt(variable, 'value');
  return { set: true, text: text?.includes('$(') === true ? undefined : text };
}

/** The generations that a container may be of; none where its family is unknown. */
function possibleFacts(container: Container): readonly RuntimeFacts[] {
  const facts = factsOfContainer(container);
  const family = familyOf(container);
  return facts === undefined ? (family === undefined ? [] : generationsOf(family)) : [facts];
}

/** The port that a NIM serves its API on; `undefined` when the manifests do not say it. */
export const apiPortOf = remembered((container: Container): number | undefined => {
  const generations = possibleFacts(container);
  if (generations.length === 0) {
    return undefined;
  }
  const settings = generations
    .flatMap(({ listen }) => Object.keys(listen(DEFAULT_API_PORT)))
    .map((name) => settingOf(container, name))
    .filter((setting) => setting.set);
  // A port, or an address with a port.
  const [port, ...others] = new Set(settings.map(({ text }) => Number(text?.split(':').at(-1) ?? NaN)));
  if (port === undefined) {
    return DEFAULT_API_PORT;
  }
  return others.length === 0 && port > 0 ? port : undefined;
});

/** Whether a NIM serves its API over TLS; `undefined` when the manifests, or the facts of its generation, do not say it. */
export function servesTls(container: Container): boolean | undefined {
  const given = envOf(container).map(({ name }) => name);
  if (listAt(container.fields, 'envFrom').length > 0) {
    return undefined;
  }
  if (!given.some((name) => TLS_SETTING.test(name))) {
    return false;
  }
  const variables = Object.keys(factsOfContainer(container)?.tls?.({ certificate: '', key: '' }) ?? {});
  return variables.length > 0 && variables.every((name) => given.includes(name)) ? true : undefined;
}

/** The ports that the NIMs of a pod serve their APIs on; none without a NIM, and where the manifests do not say it. */
export const apiPortsOf = remembered((pod: Pod): readonly number[] => {
  const ports = servingNims(pod).map(apiPortOf);
  const known = ports.filter((port) => port !== undefined);
  return known.length === ports.length ? known : [];
});

/** The ports that the containers of a NIM's pod declare, by number and by name, and those that the NIM listens on anyway. */
export const portsOfNim = remembered((pod: Pod): readonly (string | number)[] => {
  const generations = servingNims(pod).flatMap(possibleFacts);
  return [...declaredPorts(pod), ...generations.flatMap(({ innerPorts }) => innerPorts.map(({ port }) => port))];
});

/** Whether a port is the one that a NIM of the pod has for its metrics alone, and declares. */
export function isMetricsPort(pod: Pod, target: unknown): boolean {
  const declares = (container: Container, port: number): boolean =>
    listAt(container.fields, 'ports').some((entry) => at(entry, 'containerPort') === port);
  return servingNims(pod).some((container) => {
    const port = portNumber([container], target);
    return port !== undefined && port === factsOfContainer(container)?.metrics?.port && declares(container, port);
  });
}

/** Which port of a NIM's pod this is; `undefined` when it is that of its API, or may be. */
export function portBesideApi(pod: Pod, target: unknown): string | undefined {
  const port = portNumber(pod.containers, target);
  const apis = apiPortsOf(pod);
  if (apis.length === 0 || (apis as unknown[]).includes(port)) {
    return undefined;
  }
  const sidecar = pod.containers.find(
    (container) =>
      !isNim(container) && listAt(container.fields, 'ports').some((entry) => at(entry, 'containerPort') === port),
  );
  return sidecar === undefined
    ? `the port ${port} of a NIM that serves its API on ${apis.join(' and ')}`
    : `the port ${port} of the container ${sidecar.name}, past the API port ${apis.join(' and ')} of the NIM; acknowledge it if that container asks for a login`;
}

/** How long a probe has to fail without a break before the kubelet acts. */
export function failureWindow(probe: unknown): number {
  return (numberAt(probe, 'periodSeconds') ?? 10) * (numberAt(probe, 'failureThreshold') ?? 3);
}

/** How long a probe lets a container fail from its start. */
export function probeWindow(probe: unknown): number {
  return (numberAt(probe, 'initialDelaySeconds') ?? 0) + failureWindow(probe);
}
