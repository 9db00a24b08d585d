import { enumOf, kind, type Kind, listOf, text } from '../common/kinds';
import { optional, type PropTable, required, struct } from '../common/props';

/**
 * The kind of the front doors that a controller reads.
 *
 * @example
 * nim.Guardrails.of(app, {
 *   controllers: [
 *     {
 *       name: 'Company Edge',
 *       door: nim.IngressDoor.INGRESS,
 *       ingressClasses: ['company-edge'],
 *       rateLimits: [{ field: 'metadata.annotations["edge.example.com/rate-limit"]' }],
 *     },
 *   ],
 * });
 */
export enum IngressDoor {
  /** `networking.k8s.io/v1` Ingress. */
  INGRESS = 'networking.k8s.io/Ingress',
  /** `gateway.networking.k8s.io/v1` HTTPRoute. */
  HTTP_ROUTE = 'gateway.networking.k8s.io/HTTPRoute',
}

/** A field that tells a controller to do something. */
export interface IngressControllerSetting {
  /**
   * The field from the root of the object, as findings show it: `metadata.annotations["example.com/rate-limit"]`,
   * `spec.rateLimit`.
   */
  readonly field: string;
  /**
   * The kind of the object: one of `policyKinds`, for a policy on the front door, on one of its rules, or on its Gateway.
   * @default - the front door itself
   */
  readonly kind?: string;
  /**
   * A regular expression for the value; it covers the whole value where `^` and `$` say so.
   * @default - any value that is neither blank nor empty
   */
  readonly pattern?: string;
}

/**
 * What the objects of a controller say, as plain data: with it the guardrails find the decisions in its front doors. It is given to them
 * with `GuardrailsOptions.controllers`, in a program, in `cdk8s.yaml` and in the file for `--config`.
 */
export interface IngressControllerLanguage {
  /** The controller, as its makers write it. */
  readonly name: string;
  /** The kind of the front doors that it reads. */
  readonly door: IngressDoor;
  /**
   * The IngressClasses that are read by this controller and no other.
   * @default - its class may be read by any controller
   */
  readonly ingressClasses?: string[];
  /**
   * What its annotations begin with, such as `example.com/`.
   * @default - it reads no annotations
   */
  readonly annotationPrefix?: string;
  /**
   * Kinds of its own, as `example.com/RatePolicy`, that name a front door or a Gateway in `spec.targetRef` or `spec.targetRefs`. Reports do not
   * list them as not checked.
   * @default - none
   */
  readonly policyKinds?: string[];
  /**
   * Each way in which it is told to limit the requests of a client. Its front doors have to use one of them.
   * @default - it cannot, and its front doors have a finding that says so
   */
  readonly rateLimits?: IngressControllerSetting[];
  /**
   * Each way in which it is told to ask who a client is. Its front doors have to use one of them.
   * @default - it cannot, and its front doors have a finding that says so
   */
  readonly authentications?: IngressControllerSetting[];
  /**
   * The annotation with the time that it waits for an answer: `130s`, `2m10s`, or a number of seconds.
   * @default - it has none, and the time is not compared with that of the NIM; an HTTPRoute has a field for it
   */
  readonly timeoutAnnotation?: string;
  /**
   * The annotation with the largest size of a body.
   * @default - it has none
   */
  readonly bodySizeAnnotation?: string;
  /**
   * Each field of its front doors that makes it call their Services over TLS; none, where it never does. Without one of them it calls in plain
   * HTTP. Refused: a `kind`, because policies on a Service are not read.
   * @default - nothing is known: how it calls is not compared with how the pods answer
   */
  readonly backendTls?: IngressControllerSetting[];
}

const pattern: Kind<string> = kind(
  { wanted: 'a regular expression', example: 'one that can be compiled, for example ^true$' },
  (value) => typeof value === 'string' && new RegExp(value) instanceof RegExp,
);

const groupKind: Kind<string> = kind(
  { wanted: 'a group and a kind', example: "for example 'example.com/RatePolicy'" },
  (value) => typeof value === 'string' && /^[a-z0-9.-]+\/[A-Z][A-Za-z0-9]*$/.test(value),
);

export const INGRESS_CONTROLLER_SETTING: PropTable<IngressControllerSetting> = {
  field: required(text),
  kind: optional(groupKind),
  pattern: optional(pattern),
};

export const INGRESS_CONTROLLER_LANGUAGE: PropTable<IngressControllerLanguage> = {
  name: required(text),
  door: required(enumOf({ IngressDoor })),
  ingressClasses: optional(listOf(text)),
  annotationPrefix: optional(text),
  policyKinds: optional(listOf(groupKind)),
  rateLimits: optional(listOf(struct<IngressControllerSetting>(INGRESS_CONTROLLER_SETTING))),
  authentications: optional(listOf(struct<IngressControllerSetting>(INGRESS_CONTROLLER_SETTING))),
  timeoutAnnotation: optional(text),
  bodySizeAnnotation: optional(text),
  backendTls: optional(listOf(struct<IngressControllerSetting>(INGRESS_CONTROLLER_SETTING))),
};
