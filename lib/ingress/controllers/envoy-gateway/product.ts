/** The product, as its makers write it. */
export const NAME = 'Envoy Gateway';
