/** Blocks of addresses that are no public ones, and what they are for (IANA's registries of special-purpose addresses). */
const SPECIAL_NETWORKS = {
  '0.0.0.0/8': 'this network',
  '10.0.0.0/8': 'private',
  '100.64.0.0/10': 'shared',
  '127.0.0.0/8': 'loopback',
  // The metadata services of the clouds.
  '169.254.0.0/16': 'link-local',
  '172.16.0.0/12': 'private',
  '192.0.0.0/24': 'protocols',
  '192.168.0.0/16': 'private',
  '198.18.0.0/15': 'benchmarks',
  '224.0.0.0/4': 'multicast',
  '240.0.0.0/4': 'reserved',
  '::1/128': 'loopback',
  // The NAT64 prefix 64:ff9b::/96 is public: IPv6-only clusters reach public IPv4 hosts through it.
  '64:ff9b:1::/48': 'translation',
  'fc00::/7': 'private',
  'fe80::/10': 'link-local',
  'fec0::/10': 'site-local',
  'ff00::/8': 'multicast',
} as const;

/** Where other machines of the same network answer. */
const INSIDE: readonly string[] = ['private', 'shared', 'link-local'];

/** Everything that is no public address. */
export const NETWORKS_NOT_PUBLIC = Object.keys(SPECIAL_NETWORKS);

/** The networks inside, which must not be reached by what is meant for the internet. */
export const NETWORKS_INSIDE = Object.entries(SPECIAL_NETWORKS)
  .filter(([, use]) => INSIDE.includes(use))
  .map(([cidr]) => cidr);
