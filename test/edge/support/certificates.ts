import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A certificate and its key, as files. */
export interface CertificateFiles {
  readonly certificate: string;
  readonly key: string;
  /** Both in one file, as HAProxy reads them. */
  readonly pem: string;
}

/** An authority that lives for one run. */
export class TestAuthority {
  private readonly files: CertificateFiles;

  public constructor(
    private readonly directory: string,
    private readonly name: string,
  ) {
    this.files = this.make(name, ['-addext', 'basicConstraints=critical,CA:TRUE']);
  }

  /** The certificate of the authority. */
  public get certificate(): string {
    return readFileSync(this.files.certificate, 'utf8');
  }

  /** A certificate that the authority signs, for a server or a client of that name. */
  public issue(commonName: string): CertificateFiles {
    return this.make(`${this.name}-${commonName}`, [
      ...['-CA', this.files.certificate, '-CAkey', this.files.key],
      ...['-addext', 'basicConstraints=critical,CA:FALSE', '-addext', `subjectAltName=DNS:${commonName}`],
    ]);
  }

  private make(commonName: string, options: string[]): CertificateFiles {
    const file = (suffix: string): string => join(this.directory, `${commonName}.${suffix}`);
    const files = { certificate: file('crt'), key: file('key'), pem: file('pem') };
    openssl(
      ...[
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:prime256v1',
        '-nodes',
        '-sha256',
        '-days',
        '2',
        '-subj',
        `/CN=${commonName}`,
      ],
      ...['-out', files.certificate, '-keyout', files.key, ...options],
    );
    writeFileSync(files.pem, readFileSync(files.certificate, 'utf8') + readFileSync(files.key, 'utf8'));
    return files;
  }
}

/** A password as crypt(3) hashes it (SHA-512), which nginx and HAProxy both read. */
export function cryptHash(password: string): string {
  return openssl('passwd', '-6', password).trim();
}

function openssl(...args: string[]): string {
  return execFileSync('openssl', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}
