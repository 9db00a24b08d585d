import { kind, type Kind, requireKind } from '../common/kinds';
import { at, copied, listAt, numberAt, parsePath, type Path, showPath, textAt, textsAt } from '../manifests/fields';
import { annotationsOf, groupKindOf, type Manifest, nameOf, namespaceOf } from '../manifests/manifest';
import { isNim } from '../manifests/nim';
import { podOf } from '../manifests/pods';

/**
 * A rendered object as the API server would get it, for a rule of your own. Reading never fails on what is not there or is of another
 * type: manifests may come from anybody.
 *
 * A path is written as findings show it: `spec.ports[0].port`, `metadata.annotations["example.com/a"]`. One that cannot be read is refused.
 *
 * @example
 * const objects = nim.RenderedObjects.of([{ apiVersion: 'v1', kind: 'Service', metadata: { name: 'api' } }]);
 * const read: nim.RenderedObject = objects.all()[0];
 * const name = read.text('metadata.name');
 */
export class RenderedObject {
  /** The version of its API, such as `apps/v1`. */
  public readonly apiVersion: string;
  /** Its kind, such as `Deployment`. */
  public readonly kind: string;
  /** Group and kind, whatever the version: `apps/Deployment`, `/Service` for the core group. */
  public readonly groupKind: string;
  /** Its name; empty when it has none. */
  public readonly name: string;
  /** Its namespace; empty when it names none. */
  public readonly namespace: string;

  /** @internal */
  public static _of(manifest: Manifest): RenderedObject {
    return new RenderedObject(manifest);
  }

  private constructor(private readonly manifest: Manifest) {
    this.apiVersion = manifest.apiVersion;
    this.kind = manifest.kind;
    this.groupKind = groupKindOf(manifest);
    this.name = nameOf(manifest);
    this.namespace = namespaceOf(manifest);
  }

  /** Its labels. */
  public get labels(): Record<string, string> {
    return { ...textsAt(this.manifest, 'metadata', 'labels') };
  }

  /** Its annotations. */
  public get annotations(): Record<string, string> {
    return { ...annotationsOf(this.manifest) };
  }

  /** A copy of the value at a path, as plain data; `undefined` when there is none. */
  public value(path: string): unknown {
    return copied(at(this.manifest, ...pathOf(path)));
  }

  /** The text at a path; `undefined` when there is none, or something else. */
  public text(path: string): string | undefined {
    return textAt(this.manifest, ...pathOf(path));
  }

  /** The number at a path; `undefined` when there is none, or something else. */
  public number(path: string): number | undefined {
    return numberAt(this.manifest, ...pathOf(path));
  }

  /** How many items the list at a path has; 0 when there is none, or something else. Items are read by their index. */
  public count(path: string): number {
    return listAt(this.manifest, ...pathOf(path)).length;
  }

  /**
   * The paths of the containers, whatever kind of workload this is, init containers among them:
   * `spec.template.spec.containers[0]`. None for what is no workload of Kubernetes.
   */
  public containers(): string[] {
    return (podOf(this.manifest)?.containers ?? []).map(({ path }) => showPath(path));
  }

  /** Whether a container of it runs a NIM, as the rules of this library see it. */
  public hasNim(): boolean {
    return podOf(this.manifest)?.containers.some(isNim) ?? false;
  }
}

/** A path as people write it. */
export const fieldPath: Kind<string> = kind(
  { wanted: 'the path of a field', example: 'it like spec.ports[0].port or metadata.annotations["example.com/a"]' },
  (value) => typeof value === 'string' && parsePath(value) !== undefined,
);

function pathOf(path: string): Path {
  return parsePath(requireKind('RenderedObject path', path, fieldPath)) ?? [];
}
