import type { Instruction, ObjectTest } from './object-tests';

/**
 * The language that a controller reads, as plain data: which front doors it serves, how it is told to limit, to ask who a
 * client is and to wait, and which of its settings take back what others ask for. Whoever reads rendered manifests has it from
 * here. It loads no class of a controller and nothing of cdk8s.
 *
 * A kind is written with its group: `networking.k8s.io/Ingress`. Patterns are regular expressions as texts; they have to cover
 * the whole value where `^` and `$` say so. A path is the names of fields, from the root of an object.
 */
export interface ControllerLanguage {
  /** The controller, as its makers write it. */
  readonly name: string;
  /** The kind of the front doors that it reads. */
  readonly door: string;
  /**
   * What the fields of its front doors mean.
   * @default - its front doors are of a kind that no controller owns
   */
  readonly doorFields?: DoorFields;
  /**
   * The IngressClasses that its own installation creates. A class with another name may belong to any controller.
   * @default - none
   */
  readonly classes?: string[];
  /**
   * What its annotations begin with.
   * @default - it reads no annotations
   */
  readonly prefix?: string;
  /**
   * Its own kinds, which are read together with the front doors that they belong to.
   * @default - none
   */
  readonly kinds?: string[];
  /**
   * The annotations of a front door that name objects of these kinds.
   * @default - none
   */
  readonly references?: ObjectReference[];
  /**
   * The kinds that name a route, a rule of it, a Gateway or a listener as their target.
   * @default - none
   */
  readonly policies?: AttachedPolicy[];

  /** Each way to limit the requests of a client; none where the controller cannot. */
  readonly rateLimits: Instruction[];
  /** Each way to ask who a client is; none where the controller cannot. */
  readonly authentications: Instruction[];
  /**
   * Each place where the addresses are listed from which clients get in.
   * @default - the controller cannot, or not in manifests
   */
  readonly sourceRanges?: AddressList[];
  /**
   * The annotation with the time that it waits for an answer.
   * @default - none, or not on the front door
   */
  readonly timeout?: TimeoutAnnotation;
  /**
   * The annotation with the size of a body; zero stands for no limit.
   * @default - none
   */
  readonly bodySizeAnnotation?: string;
  /**
   * The object that limits the size of a body.
   * @default - none
   */
  readonly bodySize?: ObjectTest;

  /**
   * Annotations that turn off the redirect of plain HTTP, which the controller does by itself.
   * @default - none
   */
  readonly redirectSwitches?: string[];
  /**
   * The entry points that a front door names; some of them may be for plain HTTP.
   * @default - it names none
   */
  readonly entryPoints?: EntryPoints;
  /**
   * How a front door says on which ports its load balancer listens, where `spec.tls` says nothing.
   * @default - `spec.tls` says it
   */
  readonly listenPorts?: ListenPorts;
  /**
   * Where the lowest version of TLS is written.
   * @default - nowhere in manifests
   */
  readonly minimumTls?: MinimumTls[];
  /**
   * The fields that say by which scheme a Service is called. The first one that says it counts; where none does, it is plain HTTP.
   * @default - manifests do not say it
   */
  readonly backendSchemes?: BackendScheme[];
  /**
   * The port name by which a backend stands for an action in an annotation, instead of for a Service.
   * @default - none
   */
  readonly actionPort?: string;

  /**
   * Annotations that take back what other annotations of the same front door ask for.
   * @default - none
   */
  readonly bypasses?: Bypass[];
  /**
   * How the names of those annotations end whose text the controller copies into its configuration.
   * @default - there are none
   */
  readonly snippetSuffix?: string;
}

/** A front door of a controller's own kind: one host, and everything below one path. */
export interface DoorFields {
  readonly host: string[];
  readonly path: string[];
  readonly service: string[];
  /** The list of further Services. */
  readonly furtherServices: string[];
  /** The port of all Services; a number is the port of their pods. */
  readonly port: string[];
  /** What opens the door to hosts that nobody listed, or to plain HTTP. */
  readonly faults: DoorFault[];
}

/** A field of a front door that opens it. */
export interface DoorFault {
  readonly path: string[];
  /**
   * The value that does.
   * @default - that the field is missing
   */
  readonly value?: string;
  /** What happens then. */
  readonly message: string;
}

/** A place where addresses are listed, as a list or as a text with commas or blanks between them. */
export interface AddressList {
  /**
   * The kind of the object: one of `references` or of `policies`.
   * @default - the front door itself
   */
  readonly kind?: string;
  /** The way to the list; `*` stands for every item of another list. */
  readonly path: string[];
}

/** An annotation that names objects, separated by commas. */
export interface ObjectReference {
  readonly annotation: string;
  readonly kind: string;
  /**
   * The provider after the `@`, where names are written `NAMESPACE-NAME@PROVIDER`. The objects of any other provider
   * are not among the manifests.
   * @default - names are written `NAMESPACE/NAME`, or `NAME` for an object in the namespace of the front door
   */
  readonly provider?: string;
  /**
   * The list in which such an object names more of its kind, each by `name` and `namespace`.
   * @default - it names none
   */
  readonly chain?: string[];
}

/** A kind that is attached as Gateway API attaches policies: by `targetRef` and `targetRefs`. */
export interface AttachedPolicy {
  readonly kind: string;
  /**
   * Whether it is for listeners and Gateways only, and not for routes.
   * @default false
   */
  readonly isForListeners?: boolean;
  /**
   * The field that makes a policy add to the one of the next level, instead of taking its place.
   * @default - there is none
   */
  readonly mergedBy?: string[];
}

/** The annotation with the time that a controller waits. */
export interface TimeoutAnnotation {
  readonly annotation: string;
  /** The unit of a bare number, `ms` or `s`; any other unit is written after the number: `130s`, `2m10s`. */
  readonly unit: string;
  /**
   * Where the number stands in the text, as the first group of a pattern, for a controller that reads no units.
   * @default - the text is a duration
   */
  readonly pattern?: string;
}

/** The entry points that a front door names in an annotation. */
export interface EntryPoints {
  readonly annotation: string;
  /** Those for plain HTTP. */
  readonly plain: string[];
  /** The prefix of the annotations that make every entry point one for TLS. */
  readonly tlsPrefix: string;
  /** The object that sends clients on to HTTPS, and lets HTTPS requests pass. */
  readonly redirect: ObjectTest;
}

/** The annotations of a load balancer whose listeners and certificates are outside the cluster. */
export interface ListenPorts {
  /** The ports that it listens on. */
  readonly annotation: string;
  /** What stands for HTTPS in it. The load balancer then finds a certificate for the host by itself. */
  readonly https: string;
  /** What stands for plain HTTP in it. */
  readonly plain: string;
  /** The annotation that names a certificate; where no ports are listed, it turns on HTTPS. */
  readonly certificateAnnotation: string;
  /** The annotation that redirects plain HTTP. */
  readonly redirectAnnotation: string;
}

/** Where the lowest version of TLS is written. */
export interface MinimumTls {
  /** The kind of the object: the front door, or one of the controller's own. */
  readonly kind: string;
  readonly path: string[];
  /** The values that let in clients below TLS 1.2. */
  readonly tooLow: string;
  /**
   * For people: the default that counts where nothing is written, when it is too low.
   * @default - the default is TLS 1.2 or newer
   */
  readonly unset?: string;
}

/** A field that says by which scheme a Service is called. Where its value is none of those listed, it says nothing. */
export interface BackendScheme {
  /**
   * The kind of the object: that of the Service itself, or one that names the Service as its target.
   * @default - the front door
   */
  readonly kind?: string;
  /**
   * Whether the path begins at the port of the Service that is called.
   * @default false
   */
  readonly isOfPort?: boolean;
  readonly path: string[];
  /**
   * The values for TLS.
   * @default - any that is neither blank nor empty
   */
  readonly tls?: string;
  /**
   * The values for plain HTTP.
   * @default - none
   */
  readonly plain?: string;
  /**
   * Whether it lists the names of the Services that are called over TLS, separated by commas.
   * @default false
   */
  readonly isListOfServices?: boolean;
}

/** An annotation that takes back what others ask for. */
export interface Bypass {
  readonly annotation: string;
  /**
   * The values that do.
   * @default - any that is not blank
   */
  readonly pattern?: string;
  /**
   * Whether it matters only to paths of the type Exact.
   * @default false
   */
  readonly isForExactPaths?: boolean;
  /** What happens then. */
  readonly message: string;
}
