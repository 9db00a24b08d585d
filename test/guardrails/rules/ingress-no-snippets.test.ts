import { ingressNoSnippets } from '../../../lib/guardrails/rules/ingress-no-snippets';
import { behind, ingressWith, testRule, withField } from '../../support/rules';

const SNIPPETS = [
  'nginx.ingress.kubernetes.io/auth-snippet',
  'nginx.ingress.kubernetes.io/configuration-snippet',
  'nginx.ingress.kubernetes.io/server-snippet',
  'nginx.org/location-snippets',
  'nginx.org/server-snippets',
  'haproxy.org/backend-config-snippet',
];

testRule(ingressNoSnippets, {
  accepts: {
    'an empty text': behind(ingressWith({ 'nginx.org/server-snippets': ' ' })),
    'the text of a controller that does not read the class': behind(
      withField(ingressWith({ 'nginx.org/server-snippets': 'a' }), ['spec', 'ingressClassName'], 'traefik'),
    ),
    'an annotation of somebody else': behind(ingressWith({ 'example.com/server-snippet': 'a' })),
  },
  refuses: Object.fromEntries(
    SNIPPETS.map((name) => [
      name,
      [behind(ingressWith({ [name]: 'satisfy any;' })), `Ingress: metadata.annotations["${name}"]`],
    ]),
  ),
});
