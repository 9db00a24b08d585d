import { PersistentVolumeAccessMode } from 'cdk8s-plus-28';
import { invalid } from '../common/invalid';
import { requireKind, wholeNumber } from '../common/kinds';
import type { ModelCache } from './model-cache';

const FOR_SEVERAL_NODES = [PersistentVolumeAccessMode.READ_WRITE_MANY, PersistentVolumeAccessMode.READ_ONLY_MANY];

/** How many pods there are: a number, or bounds between which an autoscaler decides. */
export class Replicas {
  /** As many as the manifest says. */
  public static fixed(what: string, count: number): Replicas {
    return new Replicas(what, count, count, count);
  }

  /** As many as an autoscaler says: the manifest leaves the number out, so that the two do not fight. */
  public static between(what: string, atLeast: number, atMost: number): Replicas {
    return new Replicas(what, undefined, atLeast, requireKind(`${what} upper bound`, atMost, wholeNumber(atLeast)));
  }

  /** As many as an autoscaler says that is not ours: nobody here knows its bounds. */
  public static unbounded(what: string): Replicas {
    return new Replicas(what, undefined, 1, Number.POSITIVE_INFINITY);
  }

  private constructor(
    /** Which prop says it, for errors. */
    private readonly what: string,
    /** What the Deployment says; `undefined` leaves it to the autoscaler. */
    public readonly rendered: number | undefined,
    /** The fewest pods that there are meant to be. */
    public readonly atLeast: number,
    /** The most pods that there can be at once. */
    public readonly atMost: number,
  ) {}

  /** Whether there can be pods to spread over nodes. */
  public get several(): boolean {
    return this.atMost > 1;
  }

  private get mostShown(): string | number {
    return Number.isFinite(this.atMost) ? this.atMost : 'several';
  }

  /**
   * How many pods may be away at once, in an update as in a drain. An update so takes no spare GPU, and a
   * ReadWriteOnce volume is free before the next pod wants it.
   */
  public readonly maxUnavailable = 1;

  /** Refuses a further claim that only one node can mount, for the same reason. */
  public requireMountable(what: string, accessMode: PersistentVolumeAccessMode | undefined): void {
    if (this.several && accessMode !== undefined && !FOR_SEVERAL_NODES.includes(accessMode)) {
      throw invalid({
        what,
        value: accessMode,
        because: `only one node can mount it, and there may be ${this.mostShown} pods`,
        instead: 'declare the access mode that the claim has, READ_WRITE_MANY or READ_ONLY_MANY, or take one replica',
      });
    }
  }

  /** Refuses a volume that cannot serve all pods: the second pod would wait for ever for the volume of the first. */
  public requireVolume(cache: ModelCache): void {
    if (this.several && !cache.shareable) {
      throw invalid({
        what: this.what,
        value: this.mostShown,
        because: `the model cache is ${cache.accessMode ?? ''}, which only one node can mount`,
        instead:
          'write modelCache: ModelCache.claim({ accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY }), ' +
          'an existing claim declared as READ_WRITE_MANY or READ_ONLY_MANY, or ModelCache.ephemeral()',
      });
    }
  }
}
