import { at, type Manifest } from '../../support/manifests';

/** A rendered Ingress, in the parts that a controller reads. */
export interface RenderedIngress {
  readonly name: string;
  readonly namespace: string;
  readonly host: string;
  /** All of them with pathType Exact. */
  readonly paths: string[];
  readonly annotations: ControllerAnnotations;
}

/** The annotations with a controller's prefix. A translation that leaves one unread fails: nothing is proven about it. */
export class ControllerAnnotations {
  private readonly unread: Map<string, string>;

  public constructor(
    manifest: Manifest,
    private readonly prefix: string,
  ) {
    this.unread = new Map(
      Object.entries(manifest.metadata.annotations ?? {}).filter(([name]) => name.startsWith(`${prefix}/`)),
    );
  }

  /** The value of an annotation, without the prefix in its name. */
  public take(name: string): string | undefined {
    const value = this.unread.get(`${this.prefix}/${name}`);
    this.unread.delete(`${this.prefix}/${name}`);
    return value;
  }

  /** The same, for an annotation that the library always renders. */
  public require(name: string): string {
    const value = this.take(name);
    if (value === undefined) {
      throw new Error(`the Ingress has no annotation ${this.prefix}/${name}`);
    }
    return value;
  }

  public requireNoneLeft(): void {
    if (this.unread.size > 0) {
      throw new Error(`no translation for: ${[...this.unread.keys()].join(', ')}`);
    }
  }
}

interface IngressPathEntry {
  readonly path: string;
  readonly pathType: string;
}

/** Every Ingress among the objects. */
export function ingressesIn(objects: readonly Manifest[], prefix: string): RenderedIngress[] {
  return objects.filter(({ kind }) => kind === 'Ingress').map((manifest) => read(manifest, prefix));
}

function read(manifest: Manifest, prefix: string): RenderedIngress {
  const rules = at(manifest, 'spec.rules') as { host: string; http: { paths: IngressPathEntry[] } }[];
  const [rule, ...more] = rules;
  if (rule === undefined || more.length > 0 || rule.http.paths.some(({ pathType }) => pathType !== 'Exact')) {
    throw new Error('the translations are for one host and exact paths');
  }
  return {
    name: manifest.metadata.name,
    namespace: manifest.metadata.namespace ?? '',
    host: rule.host,
    paths: rule.http.paths.map(({ path }) => path),
    annotations: new ControllerAnnotations(manifest, prefix),
  };
}
