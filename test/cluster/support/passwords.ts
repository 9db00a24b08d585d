import { execFileSync } from 'node:child_process';

/** Of the kinds of hash that Traefik reads, the one that openssl makes. */
export function apr1(password: string): string {
  return execFileSync('openssl', ['passwd', '-apr1', password], { encoding: 'utf8' }).trim();
}
