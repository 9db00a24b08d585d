import { addressBlock } from '../common/cidr';
import { invalid } from '../common/invalid';

/** Refuses what is no CIDR, and the ranges that would allow everybody. */
export function requireSourceRanges(ranges: readonly string[]): string[] {
  return requireRanges(
    'SecureIngress sourceRanges',
    ranges,
    'write for example "10.0.0.0/8"; to allow everybody, leave sourceRanges out',
  );
}

/** Refuses what is no CIDR, ranges that hold every address, and ranges with host bits: they may mean one address or many. */
export function requireRanges(what: string, ranges: readonly string[], instead: string): string[] {
  for (const range of ranges) {
    const block = addressBlock(range);
    if (block === undefined || block.length === 0 || !range.endsWith(`/${block.length}`)) {
      throw invalid({
        what,
        value: range,
        because: 'a range is an address and a prefix length above zero',
        instead,
      });
    }
    const { address, digits, length } = block;
    if (digits.includes('1', length)) {
      throw invalid({
        what,
        value: range,
        because: `the address goes on after the first ${length} bits: it may mean one address, or all that share these bits`,
        instead: `for one address write "${address}/${digits.length}"; for a range end its address in zeros`,
      });
    }
  }
  return [...ranges];
}
