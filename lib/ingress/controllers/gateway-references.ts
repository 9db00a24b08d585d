/**
 * References of Gateway API objects. They hold what the API server would add by itself: a server-side diff then finds
 * nothing to report.
 */

/** A Service that requests are sent to. */
export function serviceBackend<Service extends { readonly name: string; readonly port: number }>(
  service: Service,
): Service & { readonly group: string; readonly kind: string; readonly weight: number } {
  return { group: '', kind: 'Service', weight: 1, ...service };
}

/** A Secret in the namespace of the object. */
export function secretReference(name: string): {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
} {
  return { group: '', kind: 'Secret', name };
}
