/** The product, as its makers write it. */
export const NAME = 'Traefik';
/** What its annotations begin with. */
export const PREFIX = 'traefik.ingress.kubernetes.io';
/** The class that its own installation creates. */
export const INGRESS_CLASS = 'traefik';
