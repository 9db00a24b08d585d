/** What a field has to be. */
export interface FieldTest {
  readonly path: string[];
  /**
   * What its text looks like.
   * @default - anything that is neither blank nor empty
   */
  readonly pattern?: string;
  /**
   * Whether it has to be a number above zero.
   * @default false
   */
  readonly isPositive?: boolean;
  /**
   * Whether it may be missing.
   * @default false
   */
  readonly isOptional?: boolean;
  /**
   * For a list: how its entries are grouped; each group needs one that passes the tests.
   * @default - it is no list of groups
   */
  readonly eachGroup?: GroupTest;
}

/** What one entry of each group of a list has to be. */
export interface GroupTest {
  /** The field that entries of one group have in common. */
  readonly by: string;
  /** What one entry of each group has to be; paths begin at the entry. */
  readonly tests: FieldTest[];
}

/** What an object has to be. */
export interface ObjectTest {
  /**
   * The kind of the object. Of `references`, one that the front door names has to pass; of `policies`, those that
   * count for each rule or listener have to.
   * @default - the front door itself
   */
  readonly kind?: string;
  /** Lists of tests. An object passes when it passes every test of one list. */
  readonly anyOf: FieldTest[][];
}

/** One way in which a controller is told what to do. */
export interface Instruction extends ObjectTest {
  /** What is looked for, for people. */
  readonly how: string;
}
