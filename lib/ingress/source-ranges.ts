import { invalid } from '../common/invalid';

/** Refuses what is no CIDR, and the ranges that would allow everybody. */
export function requireSourceRanges(ranges: readonly string[]): string[] {
  return requireRanges(
    'SecureIngress sourceRanges',
    ranges,
    'write for example "10.0.0.0/8"; to allow everybody, leave sourceRanges out',
  );
}

/** Refuses what is no CIDR, the ranges that hold every address, and those of which nobody can say how much they are meant to hold. */
export function requireRanges(what: string, ranges: readonly string[], instead: string): string[] {
  for (const range of ranges) {
    const [address = '', length = '', ...rest] = range.split('/');
    const bits = addressBits(address);
    const isCidr = rest.length === 0 && /^[1-9][0-9]{0,2}$/.test(length) && Number(length) <= bits.length;
    if (!isCidr) {
      throw invalid({
        what,
        value: range,
        because: 'a range is an address and a prefix length above zero',
        instead,
      });
    }
    if (bits.includes('1', Number(length))) {
      throw invalid({
        what,
        value: range,
        because: `the address goes on behind the first ${length} bits: it may mean one address, or all that share these bits`,
        instead: `for one address write "${address}/${bits.length}"; for a range end its address in zeros`,
      });
    }
  }
  return [...ranges];
}

/** The address in binary digits: 32 of IPv4, 128 of IPv6, none of what is no address. */
function addressBits(address: string): string {
  if (/^((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(?!$)|$)){4}$/.test(address)) {
    return address
      .split('.')
      .map((part) => binary(Number(part), 8))
      .join('');
  }
  return /^[0-9a-fA-F:.]*:[0-9a-fA-F:.]*$/.test(address) && URL.canParse(`http://[${address}]`)
    ? ipv6Bits(new URL(`http://[${address}]`).hostname.slice(1, -1))
    : '';
}

/** @param address in its canonical form: no IPv4 part in it, and `::` at most once. */
function ipv6Bits(address: string): string {
  const [head = '', tail = ''] = address
    .split('::')
    .map((groups) => (groups === '' ? [] : groups.split(':')).map((group) => binary(parseInt(group, 16), 16)).join(''));
  return head.padEnd(128 - tail.length, '0') + tail;
}

function binary(value: number, digits: number): string {
  return value.toString(2).padStart(digits, '0');
}
