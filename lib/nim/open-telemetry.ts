import type { INetworkPolicyPeer } from 'cdk8s-plus-28';
import { peer } from '../common/cdk8s-kinds';
import { invalid } from '../common/invalid';
import { listOf, port as portKind, requireKind, text } from '../common/kinds';
import { required, requireProps } from '../common/props';
import { Egress } from '../network/egress';
import { requireLiteralEnv } from './environment';

const ENDPOINT = /^https?:\/\/([a-z0-9]([-a-z0-9.]*[a-z0-9])?):([0-9]{1,5})$/;

/**
 * Where a NIM sends its traces and metrics.
 *
 * @example
 * new nim.TextEmbeddingNim(chart, 'text-embedding', {
 *   model,
 *   credentials,
 *   openTelemetry: nim.OpenTelemetry.otlpHttp('http://collector.observability.svc:4318', [
 *     nim.Peer.pods({ labels: { app: 'collector' }, namespace: 'observability' }),
 *   ]),
 * });
 */
export class OpenTelemetry {
  /**
   * To a collector, by OTLP over HTTP: the one protocol that NVIDIA documents for NIMs 1.x.
   *
   * @param endpoint scheme, host and port of the collector, for example `http://collector.observability.svc:4318`. Refused: a path, which
   * OpenTelemetry adds itself, and credentials.
   * @param collectors the pods or the addresses of the collector: the network policy opens the port to them. With a `NimDeployment` alone
   * the `egress` of your `RestrictedService` has to.
   */
  public static otlpHttp(endpoint: string, collectors: INetworkPolicyPeer[]): OpenTelemetry {
    const from = 'OpenTelemetry.otlpHttp';
    requireProps(from, { endpoint, collectors }, { endpoint: required(text), collectors: required(listOf(peer)) });
    requireLiteralEnv(`${from} endpoint`, { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint });
    const [, host, , port] = ENDPOINT.exec(endpoint) ?? [];
    if (host === undefined) {
      throw invalid({
        what: `${from} endpoint`,
        value: endpoint,
        because: 'it is scheme, host and port of a collector, and nothing else',
        instead: 'write for example "http://collector.observability.svc:4318"',
      });
    }
    const number = requireKind(`${from} port`, Number(port), portKind);
    return new OpenTelemetry(endpoint, host, Egress.tcpTo(collectors, [number]));
  }

  private constructor(
    /** The collector. */
    public readonly endpoint: string,
    /** @internal What is reached without a proxy. */
    public readonly _host: string,
    /** @internal */
    public readonly _egress: Egress,
  ) {}
}
