import { kind, type Kind, listOf, recordOf, requireKind, text } from '../common/kinds';
import { required, requireProps } from '../common/props';
import { isManifest, type Manifest, manifestsIn } from '../manifests/manifest';
import { Manifests } from '../manifests/manifests';
import { remembered } from '../manifests/remembered';
import { RenderedObject } from './rendered-object';

/** What an object has to be to be read. */
export const rendered: Kind<unknown> = kind(
  { wanted: 'an object of Kubernetes as plain data', example: "for example { apiVersion: 'v1', kind: 'Service', … }" },
  isManifest,
);

const IDENTITY = { groupKind: required(text), namespace: required(text), name: required(text) };

/**
 * Everything that is checked together, for a rule of your own.
 *
 * @example
 * const objects = nim.RenderedObjects.of([{ apiVersion: 'v1', kind: 'Service', metadata: { name: 'api' } }]);
 * const services = objects.ofKind('/Service');
 */
export class RenderedObjects {
  /** Objects as plain data, as `Testing.synth(chart)` of cdk8s returns them: for the test of a rule. */
  public static of(objects: unknown[]): RenderedObjects {
    return new RenderedObjects(
      new Manifests(manifestsIn(requireKind('RenderedObjects.of objects', objects, listOf(rendered)))),
    );
  }

  /** @internal */
  public static readonly _of = remembered((manifests: Manifests) => new RenderedObjects(manifests));
  /** @internal */
  public readonly _object = remembered((object: Manifest) => RenderedObject._of(object));

  private constructor(private readonly manifests: Manifests) {}

  /** Every object. */
  public all(): RenderedObject[] {
    return this.manifests.objects.map((object) => this._object(object));
  }

  /** The objects of a group and kind, written `networking.k8s.io/Ingress`, `/Service` for the core group. */
  public ofKind(groupKind: string): RenderedObject[] {
    return this.manifests
      .all(requireKind('RenderedObjects.ofKind groupKind', groupKind, text))
      .map((object) => this._object(object));
  }

  /** The object of a group and kind by its namespace, empty for an object that names none, and its name. */
  public find(groupKind: string, namespace: string, name: string): RenderedObject | undefined {
    requireProps('RenderedObjects.find', { groupKind, namespace, name }, IDENTITY);
    const found = this.manifests.find(groupKind, namespace, name);
    return found === undefined ? undefined : this._object(found);
  }

  /** The workloads whose pods have all of these labels, in a namespace. */
  public workloadsWith(namespace: string, labels: Record<string, string>): RenderedObject[] {
    requireProps(
      'RenderedObjects.workloadsWith',
      { namespace, labels },
      { namespace: required(text), labels: required(recordOf(text)) },
    );
    return this.manifests.podsSelectedBy(namespace, { matchLabels: labels }).map(({ owner }) => this._object(owner));
  }
}
