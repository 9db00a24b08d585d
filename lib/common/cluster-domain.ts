/** The domain of a cluster's Services, where nobody has chosen another one. */
export const CLUSTER_DOMAIN = 'cluster.local';
