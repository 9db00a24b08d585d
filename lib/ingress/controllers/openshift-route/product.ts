/** The product, as its makers write it. */
export const NAME = 'OpenShift Route';
/** What its annotations begin with. */
export const PREFIX = 'haproxy.router.openshift.io';
