/** The product, as its makers write it. */
export const NAME = 'HAProxy Kubernetes Ingress Controller';
/** What its annotations begin with. */
export const PREFIX = 'haproxy.org';
/** The class that its own installation creates. */
export const INGRESS_CLASS = 'haproxy';
