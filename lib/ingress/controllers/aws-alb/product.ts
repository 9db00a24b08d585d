/** The product, as its makers write it. */
export const NAME = 'AWS Load Balancer Controller';
/** What its annotations begin with. */
export const PREFIX = 'alb.ingress.kubernetes.io';
/** The class that its own installation creates. */
export const INGRESS_CLASS = 'alb';
