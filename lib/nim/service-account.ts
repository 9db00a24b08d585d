import type { IServiceAccount } from 'cdk8s-plus-28';
import { invalid } from '../common/invalid';
import { requireObjectName } from '../common/names';

/** The name of an account that exists already. */
export function accountName(account: IServiceAccount | undefined): string | undefined {
  const what = 'NimDeployment serviceAccount';
  if (account?.name === 'default') {
    throw invalid({
      what,
      value: account.name,
      because: 'every pod of the namespace without an account of its own has its rights',
      instead: 'name an account of the NIM, or leave it out',
    });
  }
  return account === undefined ? undefined : requireObjectName(what, account.name);
}
