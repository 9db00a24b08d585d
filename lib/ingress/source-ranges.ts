import { invalid } from '../common/invalid';

/** Refuses what is no CIDR, and the ranges that would allow everybody. */
export function requireSourceRanges(ranges: readonly string[]): string[] {
  return requireRanges(
    'SecureIngress sourceRanges',
    ranges,
    'write for example "10.0.0.0/8"; to allow everybody, leave sourceRanges out',
  );
}

/** Refuses what is no CIDR, and the ranges that hold every address. */
export function requireRanges(what: string, ranges: readonly string[], instead: string): string[] {
  for (const range of ranges) {
    const [address = '', bits = '', ...rest] = range.split('/');
    const longest = addressBits(address);
    const isCidr = rest.length === 0 && /^(0|[1-9][0-9]{0,2})$/.test(bits) && Number(bits) <= longest;
    if (!isCidr || Number(bits) === 0) {
      throw invalid({
        what,
        value: range,
        because: 'a range is an address and a prefix length above zero',
        instead,
      });
    }
  }
  return [...ranges];
}

/** The length of an address in bits: 32, 128, or 0 for what is none. */
function addressBits(address: string): number {
  if (/^((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(?!$)|$)){4}$/.test(address)) {
    return 32;
  }
  return /^[0-9a-fA-F:.]*:[0-9a-fA-F:.]*$/.test(address) && URL.canParse(`http://[${address}]`) ? 128 : 0;
}
