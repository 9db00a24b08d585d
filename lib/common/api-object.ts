import { ApiObject, type ApiObjectProps, Chart, type JsonPatch, Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import { invalid } from './invalid';
import { requireNamespaceName } from './names';
import { refuseCollisions } from './collisions';
import { synthAround } from './synth';

/** A generated class, `k8s.KubeXxx` or a custom resource: its props are typed, and `manifest` turns them into the object. */
interface ObjectType<Props> {
  manifest(props: Props): unknown;
}

/** An object whose render is handed from the checks to the file, in a synth that is followed. */
class OwnObject extends ApiObject {
  public override toJson(): unknown {
    return synthAround(this)?.take(this) ?? super.toJson();
  }

  public override addJsonPatch(...ops: JsonPatch[]): void {
    super.addJsonPatch(...ops);
    synthAround(this)?.changed();
  }
}

/**
 * Adds one typed object to the tree, exactly as given.
 *
 * A plain `ApiObject` keeps the type checking of the generated classes, and keeps later JSON patches and fields newer than
 * the generated schema, which objects of the generated classes drop without an error.
 */
export function addObject<Props>(scope: Construct, id: string, type: ObjectType<Props>, props: Props): ApiObject {
  const object = new OwnObject(scope, id, type.manifest(props) as ApiObjectProps);
  refuseCollisions(object);
  return object;
}

/** What objects with a spec are made from. */
interface WithSpec<Metadata, Spec> {
  readonly metadata: Metadata;
  readonly spec?: Spec;
}

/** Adds a typed object whose spec is read when it is rendered, because what it depends on comes after it. */
export function addObjectWithLateSpec<Metadata, Spec>(
  scope: Construct,
  id: string,
  type: ObjectType<WithSpec<Metadata, Spec>>,
  metadata: Metadata,
  spec: () => Spec,
): ApiObject {
  const rendered = (): unknown => (type.manifest({ metadata, spec: spec() }) as { readonly spec: unknown }).spec;
  const manifest = (): unknown => ({
    ...(type.manifest({ metadata }) as object),
    spec: Lazy.any({ produce: rendered }) as unknown,
  });
  return addObject(scope, id, { manifest }, {});
}

/** The namespace that the chart around a construct renders into; a chart without one is refused. */
export function namespaceOf(scope: Construct): string {
  const chart = Chart.of(scope);
  if (chart.namespace === undefined) {
    throw invalid({
      what: `namespace of chart ${JSON.stringify(chart.node.id)}`,
      value: chart.namespace,
      because: 'network policies, secrets and controller references need to know it',
      instead: `write new Chart(app, ${JSON.stringify(chart.node.id)}, { namespace: 'embeddings' })`,
    });
  }
  return requireNamespaceName(`namespace of chart ${JSON.stringify(chart.node.id)}`, chart.namespace);
}
