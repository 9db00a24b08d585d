import { rememberedText } from './remembered-text';

/** The widest blocks that a network of nodes, load balancers or servers has; a wider one holds anybody's addresses. */
const SHORTEST_PREFIX = { ipv4: 8, ipv6: 16 };

/** The shortest prefix that a block of this family may have. */
export function shortestPrefix(cidr: string): number {
  return cidr.includes(':') ? SHORTEST_PREFIX.ipv6 : SHORTEST_PREFIX.ipv4;
}

/** A block of addresses. */
export interface AddressBlock {
  /** The address as it is written. */
  readonly address: string;
  readonly family: 'IPv4' | 'IPv6';
  /** The address in binary digits: 32 of IPv4, 128 of IPv6. */
  readonly digits: string;
  /** How many digits its addresses share. */
  readonly length: number;
  /** The family, and the digits that its addresses share. A block is in another one when these begin with the other one's. */
  readonly bits: string;
}

/** Reads a block, written as an address and a length; `undefined` when it is none. */
export const addressBlock = rememberedText((cidr): AddressBlock | undefined => {
  const [address = '', length = '', ...rest] = cidr.split('/');
  const digits = addressBits(address);
  if (rest.length > 0 || digits === '' || !/^[0-9]{1,3}$/.test(length) || Number(length) > digits.length) {
    return undefined;
  }
  const family = digits.length === 32 ? 'IPv4' : 'IPv6';
  return { address, family, digits, length: Number(length), bits: `${family} ${digits.slice(0, Number(length))}` };
});

/** Whether a block holds anybody's addresses. */
export function isWide(cidr: string): boolean {
  const block = addressBlock(cidr);
  return block !== undefined && block.length < shortestPrefix(cidr);
}

/** Whether several blocks together hold every address of one block, each given as the `bits` of an `AddressBlock`. */
export function cover(blocks: readonly string[], block: string): boolean {
  if (blocks.some((other) => block.startsWith(other))) {
    return true;
  }
  const within = blocks.filter((other) => other.startsWith(block));
  return within.length > 0 && cover(within, `${block}0`) && cover(within, `${block}1`);
}

/** The address in binary digits: 32 of IPv4, 128 of IPv6, none of what is no address. */
export function addressBits(address: string): string {
  if (/^((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(?!$)|$)){4}$/.test(address)) {
    return address
      .split('.')
      .map((part) => binary(Number(part), 8))
      .join('');
  }
  if (!/^[0-9a-fA-F:.]*:[0-9a-fA-F:.]*$/.test(address)) {
    return '';
  }
  try {
    return ipv6Bits(new URL(`http://[${address}]`).hostname.slice(1, -1));
  } catch {
    return '';
  }
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
