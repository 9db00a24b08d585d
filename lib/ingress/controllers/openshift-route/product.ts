/** The product, as its makers write it. */
export const NAME = 'OpenShift Route';
/** What its annotations begin with. */
export const PREFIX = 'haproxy.router.openshift.io';
/** The kind of its front doors. */
export const ROUTE = 'route.openshift.io/Route';
