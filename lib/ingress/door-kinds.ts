/** The kinds of front doors that no controller owns, with their groups. */
export const INGRESS = 'networking.k8s.io/Ingress';
export const HTTP_ROUTE = 'gateway.networking.k8s.io/HTTPRoute';
