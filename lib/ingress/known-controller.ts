import type { ControllerLanguage } from './controller-language';
import type { ControllerMetrics } from './controller-metrics';
import type { Evidence } from './evidence';
import type { CapabilityTable } from './features';

/** A controller that the library knows, without what renders for it. */
export interface KnownController {
  /** How a program chooses it. */
  readonly name: string;
  /** What it can do. */
  readonly capabilities: CapabilityTable;
  /** What its objects say. */
  readonly language: ControllerLanguage;
  /** How it is known. */
  readonly evidence: Evidence;
  /** What it counts. */
  readonly metrics: ControllerMetrics;
}
