import {} from './mutant';

/** Mutants that weaken nothing, and why. They are left out. */
export const HARMLESS: readonly { readonly program: RegExp; readonly mutant: RegExp; readonly because: string }[] = [
  {
    program: /pod-options/,
    mutant: /(\.ports\[1\]\.name = "grpc"|^Service \S+: object = removed)$/,
    because: 'nothing refers to the port by its name, and no door to the Service',
  },
  {
    program: /secrets|mesh|fqdn-egress|gpu-claim|ipv6|nim-operator/,
    mutant: /^Service \S+: object = removed$/,
    because: 'no door refers to the Service',
  },
  {
    program: /pod-options|observability/,
    mutant: /^NetworkPolicy \S+: spec\.ingress\[2\]\.ports\[1\] = \{"port":8002/,
    because: 'the rule opens this port already, to Prometheus',
  },
  {
    program: /autoscaling/,
    mutant: /^Service embeddings\/queries: object = removed$/,
    because: 'no door leads to the Service',
  },
  {
    program: /prefetched|mesh|fqdn-egress|ipv6|nim-operator/,
    mutant: /^Deployment \S+\/text-embedding: .*\.emptyDir\.medium/,
    because: 'only the generation 1.x is known to fail without shared memory',
  },
  {
    program: /fqdn-egress/,
    mutant: /^NetworkPolicy \S+-fill: spec\.policyTypes\[0\] = removed/,
    because: 'the CiliumNetworkPolicy limits where the pods connect to',
  },
  {
    program: /./,
    mutant: /^Ingress \S+-redirect: (?!metadata\.annotations\["traefik)/,
    because: 'this Ingress only sends clients on to HTTPS',
  },
  {
    program: /./,
    mutant: /^HTTPRoute \S+-redirect: spec\.rules/,
    because: 'this HTTPRoute only sends clients on to HTTPS',
  },
  {
    program: /aws-alb/,
    mutant: /certificate-arn"\] = removed/,
    because:
      'a load balancer that listens for HTTPS without an ARN takes a certificate for the host, or does not start',
  },
  {
    program: /aws-alb/,
    mutant: /^Ingress \S+: spec\.rules\[0\]\.host = "other/,
    because: 'the ARN of a certificate does not say for which host it is',
  },
  {
    program: /gpu-claim/,
    mutant: /resources\.limits\["nvidia\.com\/gpu"\] = "0"$/,
    because: 'the GPU comes by a claim',
  },
  {
    program: /ipv6/,
    mutant: /NIM_SERVER_BIND_ADDR","value":"0\.0\.0\.0:8000"/,
    because: 'that is the usual address; which ones the pods of a cluster have, no manifest says',
  },
];
