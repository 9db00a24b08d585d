import { imageReference } from '../common/image-reference';
import { invalid } from '../common/invalid';
import { text } from '../common/kinds';
import { required, requireProps } from '../common/props';

const REGISTRY = /^(localhost|[a-z0-9-]+(\.[a-z0-9-]+)+|[a-z0-9-]+(?=:))(:[0-9]{1,5})?$/;
const PATH_COMPONENT = /^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*$/;
const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;

const FORM = 'write "registry/path:tag", "registry/path@sha256:…" or "registry/path:tag@sha256:…"';

/**
 * A pinned container image: from any registry, by tag, by digest, or by both.
 *
 * @example
 * nim.ContainerImage.fromReference('registry.example.com/nim/nvidia/nv-embedqa-e5-v5:1.6.0');
 */
export class ContainerImage {
  /**
   * Refers to an image, by a reference that is read as a container runtime reads it.
   *
   * @param reference `registry/path:tag`, `registry/path@sha256:…` or `registry/path:tag@sha256:…`. Refused: a reference
   * without a registry host, without both tag and digest, with the tag `latest`, or with a malformed part.
   */
  public static fromReference(reference: string): ContainerImage {
    requireProps('ContainerImage.fromReference', { reference }, { reference: required(text) });
    const { repository, tag, digest } = imageReference(reference);
    if (digest?.includes('@') === true) {
      throw invalid({ what: 'image', value: reference, because: 'it has more than one "@"', instead: FORM });
    }
    return new ContainerImage(reference, repository, tag, digest);
  }

  private constructor(
    reference: string,
    /** Registry and path, without tag and digest. */
    public readonly repository: string,
    /** The tag, when the reference has one. */
    public readonly tag: string | undefined,
    /** The digest (`sha256:…`), when the reference has one. */
    public readonly digest: string | undefined,
  ) {
    const [registry = '', ...path] = repository.split('/');
    if (path.length === 0 || !REGISTRY.test(registry)) {
      throw invalid({
        what: 'image',
        value: reference,
        because: 'it does not begin with the host of a registry, so each container runtime would choose one',
        instead: FORM,
      });
    }
    if (!path.every((component) => PATH_COMPONENT.test(component))) {
      throw invalid({
        what: 'image',
        value: reference,
        because: 'a repository path is lower-case letters and digits, separated by ".", "_", "-" and "/"',
        instead: FORM,
      });
    }
    if (tag === undefined && digest === undefined) {
      throw invalid({ what: 'image', value: reference, because: 'it has neither tag nor digest', instead: FORM });
    }
    if (tag === 'latest') {
      throw invalid({
        what: 'image',
        value: reference,
        because: '"latest" means another image tomorrow',
        instead: 'pin the version that you tested, for example ":1.13.0", or its digest',
      });
    }
    if (tag !== undefined && !TAG.test(tag)) {
      throw invalid({
        what: 'image',
        value: reference,
        because: `${JSON.stringify(tag)} is no tag: at most 128 letters, digits, "_", "." and "-"`,
        instead: FORM,
      });
    }
    if (digest !== undefined && !DIGEST.test(digest)) {
      throw invalid({
        what: 'image',
        value: reference,
        because: `${JSON.stringify(digest)} is no digest: "sha256:" and 64 lower-case hexadecimal digits`,
        instead: FORM,
      });
    }
  }

  /** The host of the registry, with its port. */
  public get registry(): string {
    return this.repository.split('/')[0] ?? '';
  }

  /** The reference as it stands in a manifest. */
  public get reference(): string {
    const tag = this.tag === undefined ? '' : `:${this.tag}`;
    const digest = this.digest === undefined ? '' : `@${this.digest}`;
    return `${this.repository}${tag}${digest}`;
  }
}
