/** The product, as its makers write it. */
export const NAME = 'F5 NGINX Ingress Controller';
/** What its annotations begin with. */
export const PREFIX = 'nginx.org';
/** The class that its own installation creates. */
export const INGRESS_CLASS = 'nginx';
