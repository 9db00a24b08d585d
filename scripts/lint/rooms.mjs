// The rooms of lib/, and what each may import beside its own files. A path that ends in "/" is a folder with everything in it,
// "*" stands for one name. The sentence is what a wrong import is answered with.
const PEERS = ['cdk8s', 'cdk8s-plus-28', 'constructs'];

const ONE_WAY = 'Imports run one way: front doors, then rooms, then common and imports; no room imports a front door.';
const PLAIN_DATA =
  'manifests and guardrails read rendered objects, never constructs; what they have to know about a controller or a NIM they take ' +
  'as plain data from the room that owns it.';

/** A file belongs to the first room that its path is in. */
export const ROOMS = [
  { room: 'common/', imports: [], packages: PEERS, because: 'common knows no other room.' },
  { room: 'security/', imports: ['common/'], packages: PEERS, because: ONE_WAY },
  { room: 'secrets/', imports: ['common/', 'imports/'], packages: PEERS, because: ONE_WAY },
  {
    room: 'network/',
    imports: ['common/', 'imports/'],
    packages: PEERS,
    because: 'network knows labels and an API, not a NIM.',
  },
  {
    room: 'ingress/controllers/*/',
    imports: ['common/', 'imports/', 'ingress/*', 'ingress/controllers/*'],
    packages: PEERS,
    because: 'A controller lives in one folder, which knows no other one; ingress knows a service, not a NIM.',
  },
  {
    room: 'ingress/',
    imports: ['common/', 'imports/', 'network/'],
    packages: PEERS,
    because: 'ingress knows a service, not a NIM.',
  },
  {
    room: 'nim/',
    imports: ['common/', 'imports/', 'network/', 'secrets/', 'security/'],
    packages: PEERS,
    because: `${ONE_WAY} nim knows an API and credentials, not what is made of them.`,
  },
  {
    room: 'observability/',
    imports: ['common/', 'imports/', 'ingress/*', 'network/', 'secrets/'],
    packages: PEERS,
    because: 'observability sees a restricted service, its way in and its secrets, not a NIM.',
  },
  { room: 'gitops/', imports: ['common/', 'imports/'], packages: PEERS, because: ONE_WAY },
  {
    room: 'manifests/',
    imports: [
      'common/',
      'ingress/controller-language',
      'ingress/object-tests',
      'ingress/controllers/',
      'ingress/door-kinds',
      'network/cilium-facts',
      'network/mesh-facts',
      'nim/api-paths',
      'nim/container-image',
      'nim/generations',
      'nim/nim-family',
      'nim/runtime-facts',
    ],
    packages: [],
    because: PLAIN_DATA,
  },
  {
    // The construct that runs the guardrails in an app.
    room: 'guardrails/guardrails',
    imports: ['common/', 'guardrails/', 'manifests/'],
    packages: ['cdk8s', 'constructs'],
    because: PLAIN_DATA,
  },
  {
    room: 'guardrails/',
    imports: [
      'common/',
      'ingress/controller-language',
      'ingress/object-tests',
      'ingress/controllers/',
      'ingress/door-kinds',
      'ingress/own-language',
      'manifests/',
      'network/mesh-facts',
      'nim/api-paths',
      'nim/runtime-facts',
    ],
    packages: [],
    because: PLAIN_DATA,
  },
  {
    room: 'cli/',
    imports: ['guardrails/', 'ingress/controllers/', 'manifests/'],
    packages: ['node:*', 'yaml'],
    because: 'cli sees guardrails, manifests and what is known of controllers as plain data.',
  },
  {
    // The front doors.
    room: '*',
    imports: [
      '*',
      'common/',
      'gitops/',
      'guardrails/',
      'ingress/',
      'network/',
      'nim/',
      'observability/',
      'secrets/',
      'security/',
    ],
    packages: PEERS,
    because: 'The front doors wire rooms; cli is a program of its own, and only it uses modules of Node.',
  },
];
