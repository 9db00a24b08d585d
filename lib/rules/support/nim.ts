import { ContainerImage } from '../../nim/container-image';
import { NimRuntime } from '../../nim/nim-runtime';
import { factsOf, type RuntimeFacts } from '../../nim/runtime-facts';
import { numberAt, textAt } from './fields';
import { type Container, envOf, type Pod } from './pods';
import { remembered } from './remembered';

/** Whether a container runs a NIM: by the image's path, or by settings that only a NIM has. */
export const isNim = remembered(
  (container: Container): boolean =>
    textAt(container.fields, 'image')?.includes('/nim/') === true ||
    (container.list === 'containers' &&
      envOf(container).some(({ name }) => name.startsWith('NIM_') || name === 'NGC_API_KEY')),
);

/** The containers that serve a model. */
export function servingNims(pod: Pod): Container[] {
  return pod.serving ? pod.containers.filter((container) => container.list === 'containers' && isNim(container)) : [];
}

/** The generation of a NIM, when the tag of its image tells. */
export const runtimeOf = remembered((container: Container): NimRuntime | undefined => {
  try {
    return NimRuntime.of(ContainerImage.fromReference(textAt(container.fields, 'image') ?? ''));
  } catch {
    return undefined;
  }
});

/** What is known of the generation of a NIM, when the tag of its image tells which it is. */
export function factsOfContainer(container: Container): RuntimeFacts | undefined {
  const runtime = runtimeOf(container);
  return runtime === undefined ? undefined : factsOf(runtime);
}

/** How long the NIM itself may take for one request; `undefined` for a generation without such a limit. */
export function requestTimeoutOf(container: Container): number | undefined {
  const setting = factsOfContainer(container)?.requestTimeout;
  if (setting === undefined) {
    return undefined;
  }
  // Of several variables with one name the last one counts.
  const value = envOf(container)
    .filter(({ name }) => name === setting.variable)
    .at(-1);
  return value === undefined ? setting.defaultSeconds : Number(textAt(value.fields, 'value'));
}

/** How long a probe lets a container fail before it acts. */
export function probeWindow(probe: unknown): number {
  const delay = numberAt(probe, 'initialDelaySeconds') ?? 0;
  return delay + (numberAt(probe, 'periodSeconds') ?? 10) * (numberAt(probe, 'failureThreshold') ?? 3);
}
