/** The kinds of front doors that no controller owns, and what they call, with their groups. */
export const INGRESS = 'networking.k8s.io/Ingress';
export const HTTP_ROUTE = 'gateway.networking.k8s.io/HTTPRoute';
export const SERVICE = '/Service';
