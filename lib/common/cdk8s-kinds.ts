import type { Duration, Size } from 'cdk8s';
import {
  Cpu,
  type IConfigMap,
  type INetworkPolicyPeer,
  type IPersistentVolumeClaim,
  type ISecret,
  type IServiceAccount,
} from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { type Kind, kind, requireKind, text, type Words } from './kinds';
import { className } from './show';

/**
 * An object of a class or an interface of another package, known by what it can do: one of another copy or a newer version of
 * that package serves as well.
 */
export function like<T>(words: Words, is: (value: T) => boolean): Kind<T> {
  return kind(words, (value) => typeof value === 'object' && value !== null && is(value as T));
}

/** A time of cdk8s. */
export const duration: Kind<Duration> = like(
  { wanted: 'a Duration of cdk8s', example: 'for example Duration.seconds(30) or Duration.minutes(5)' },
  (value) => typeof value.toSeconds === 'function' && typeof value.toHumanString === 'function',
);

/** An amount of memory or storage of cdk8s. */
export const size: Kind<Size> = like(
  { wanted: 'a Size of cdk8s', example: 'for example Size.gibibytes(50) or Size.mebibytes(512)' },
  (value) => typeof value.toKibibytes === 'function' && typeof value.asString === 'function',
);

/** An amount of CPU of cdk8s-plus. */
export const cpu: Kind<Cpu> = like(
  { wanted: 'a Cpu of cdk8s-plus', example: 'for example Cpu.units(4) or Cpu.millis(500)' },
  (value) => typeof value.amount === 'string' && className(value) === Cpu.name,
);

/** A Secret, by reference. */
export const secret: Kind<ISecret> = like(
  {
    wanted: 'a Secret of cdk8s-plus',
    example: "Secret.fromSecretName(chart, 'id', 'name-of-the-secret')",
  },
  (value) => typeof value.name === 'string' && value.kind === 'Secret',
);

/** A PersistentVolumeClaim, by reference. */
export const persistentVolumeClaim: Kind<IPersistentVolumeClaim> = like(
  {
    wanted: 'a PersistentVolumeClaim of cdk8s-plus',
    example: "PersistentVolumeClaim.fromClaimName(chart, 'id', 'name-of-the-claim')",
  },
  (value) => typeof value.name === 'string' && value.kind === 'PersistentVolumeClaim',
);

/** A ConfigMap, by reference. */
export const configMap: Kind<IConfigMap> = like(
  {
    wanted: 'a ConfigMap of cdk8s-plus',
    example: "ConfigMap.fromConfigMapName(chart, 'id', 'name-of-the-configmap')",
  },
  (value) => typeof value.name === 'string' && value.kind === 'ConfigMap',
);

/** A ServiceAccount, by reference. */
export const serviceAccount: Kind<IServiceAccount> = like(
  {
    wanted: 'a ServiceAccount of cdk8s-plus',
    example: "ServiceAccount.fromServiceAccountName(chart, 'id', 'name-of-the-account')",
  },
  (value) => typeof value.name === 'string' && value.kind === 'ServiceAccount',
);

/** Who may connect, or whom pods may connect to. */
export const peer: Kind<INetworkPolicyPeer> = like(
  {
    wanted: 'a peer of a network policy',
    example: "for example Peer.pods({ labels: { app: 'rag' }, namespace: 'rag' }) or Peer.cidr('10.0.0.0/24')",
  },
  (value) => typeof value.toNetworkPolicyPeerConfig === 'function',
);

/** The place of a construct in the tree. */
export const construct: Kind<Construct> = like(
  { wanted: 'a construct', example: 'the chart, or the construct that this one belongs to' },
  (value) => Construct.isConstruct(value),
);

/** The place and the name of a construct; refuses what is none. */
export function requirePlace(what: string, scope: Construct, id: string): [scope: Construct, id: string] {
  return [requireKind(`${what} scope`, scope, construct), requireKind(`${what} id`, id, text)];
}
