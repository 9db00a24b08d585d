/** The product, as its makers write it. */
export const NAME = 'ingress-nginx';
/** What its annotations begin with. */
export const PREFIX = 'nginx.ingress.kubernetes.io';
/** The class that its own installation creates. */
export const INGRESS_CLASS = 'nginx';
