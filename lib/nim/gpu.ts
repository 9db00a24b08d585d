import { Size } from 'cdk8s';
import { invalid } from '../common/invalid';
import { text, wholeNumber } from '../common/kinds';
import { requireObjectName } from '../common/names';
import { required, requireProps } from '../common/props';

/** With attributes: media engines (`+me`, all of them `+me.all`, none `-me`) and graphics (`+gfx`). */
const MIG_PROFILE = /^[1-7]g\.[0-9]+gb(\+(me|me\.all|gfx)|-me)?$/;
const SLICE_MEMORY = /^nvidia\.com\/mig-[1-7]g\.([0-9]+)gb/;
const EXTENDED_RESOURCE = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?\/[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

/** The name of the claim inside the pod. */
export const GPU_CLAIM = 'gpu';

/**
 * The GPU that a NIM asks for: an extended resource of a node, whose request and limit are always equal, or a claim for a device
 * (dynamic resource allocation).
 *
 * @example
 * nim.Gpu.whole();
 * nim.Gpu.mig('3g.40gb');
 * nim.Gpu.resource('nvidia.com/gpu.shared');
 */
export class Gpu {
  /**
   * Whole GPUs, or time slices under the same name.
   *
   * @param count how many; an embedding model fits on one.
   */
  public static whole(count = 1): Gpu {
    requireProps('Gpu.whole', { count }, { count: required(wholeNumber()) });
    return new Gpu('nvidia.com/gpu', count);
  }

  /**
   * Slices of a GPU under the MIG strategy `mixed`. Under the strategy `single`, MIG slices are plain `Gpu.whole()`.
   *
   * @param profile the MIG profile, for example `1g.10gb` or `1g.24gb+gfx`.
   * @param count how many slices.
   */
  public static mig(profile: string, count = 1): Gpu {
    requireProps('Gpu.mig', { profile, count }, { profile: required(text), count: required(wholeNumber()) });
    if (!MIG_PROFILE.test(profile)) {
      throw invalid({
        what: 'MIG profile',
        value: profile,
        because: 'a profile is compute slices and memory, as `nvidia-smi mig -lgip` lists them',
        instead: 'write for example "1g.10gb"',
      });
    }
    return new Gpu(`nvidia.com/mig-${profile.replace('+', '.')}`, count);
  }

  /**
   * Any other extended resource that a device plugin offers, for example `nvidia.com/gpu.shared`.
   *
   * @param resourceName the full name of the resource.
   * @param count how many.
   */
  public static resource(resourceName: string, count = 1): Gpu {
    requireProps(
      'Gpu.resource',
      { resourceName, count },
      { resourceName: required(text), count: required(wholeNumber()) },
    );
    if (!EXTENDED_RESOURCE.test(resourceName)) {
      throw invalid({
        what: 'GPU resource',
        value: resourceName,
        because: 'an extended resource is a domain, "/" and a name',
        instead: 'write for example "nvidia.com/gpu.shared"',
      });
    }
    return new Gpu(resourceName, count);
  }

  /**
   * Refers to a ResourceClaimTemplate, from which Kubernetes makes a claim for each pod (dynamic resource allocation): the template says
   * which device, and how much of it. The device plugin is not asked.
   *
   * Kubernetes 1.34 has it by itself, with templates of `resource.k8s.io/v1`; 1.31 to 1.33 behind the gate
   * `DynamicResourceAllocation`. Older ones refuse the pod, because they have the field in another form.
   *
   * @param templateName the name of a ResourceClaimTemplate in the namespace of the pods.
   */
  public static fromResourceClaimTemplate(templateName: string): Gpu {
    requireProps('Gpu.fromResourceClaimTemplate', { templateName }, { templateName: required(text) });
    return new Gpu(undefined, 1, requireObjectName('Gpu.fromResourceClaimTemplate templateName', templateName));
  }

  /** The memory of a MIG slice, as its name says; `undefined` for whole GPUs, and for names that do not say it. */
  public get sliceMemory(): Size | undefined {
    const gigabytes = SLICE_MEMORY.exec(this.resourceName ?? '')?.[1];
    return gigabytes === undefined ? undefined : Size.gibibytes(Number(gigabytes));
  }

  private constructor(
    /** The name of the extended resource; `undefined` for a claim. */
    public readonly resourceName: string | undefined,
    /** How many of them a pod gets. */
    public readonly count: number,
    /** The ResourceClaimTemplate of a claim. */
    public readonly resourceClaimTemplateName?: string,
  ) {}
}
