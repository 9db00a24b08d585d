import { afterAll, beforeAll } from 'vitest';
import type { Edge } from '../../edge/support/edge';
import { freePorts, LOOPBACK } from '../../support/loopback';
import { Forwarder } from './forwarder';

/** A load balancer in front of the edge, which announces its clients by the PROXY protocol. Gives its port. */
export function useBalancer(edge: () => Edge, from: string, claims: (client: string) => string): () => number {
  let forwarder: Forwarder | undefined;
  let port = 0;
  beforeAll(async () => {
    [port = 0] = await freePorts(1);
    const https = edge().ports.https;
    forwarder = await Forwarder.start(LOOPBACK, port, `${LOOPBACK}:${https}`, {
      from,
      announce: (client) => `PROXY TCP4 ${claims(client)} ${LOOPBACK} 40000 ${https}\r\n`,
    });
  });
  afterAll(async () => {
    await forwarder?.stop();
  });
  return () => port;
}
