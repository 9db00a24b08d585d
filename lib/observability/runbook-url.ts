import { invalid } from '../common/invalid';
import { literalSecretIn } from '../common/literal-secrets';

/** Refuses a link to runbooks that nobody could follow, and one that holds a credential. */
export function requireRunbookUrl(url: string): string {
  const what = 'Observability runbookUrl';
  const instead = 'write where the page is, for example "https://docs.example.com/nim/alerts"';
  const secret = literalSecretIn(url);
  if (secret !== undefined) {
    throw invalid({ what, value: '(hidden)', because: `it holds ${secret}, and manifests are stored in Git`, instead });
  }
  if (!/^https?:\/\/[^\s#{}"]+$/.test(url)) {
    throw invalid({
      what,
      value: url,
      because: 'it is the address of a page, http or https, without a fragment: the name of each alert becomes it',
      instead,
    });
  }
  return url;
}
