import { RULES } from '../../guardrails/rules';
import type { Command } from '../command';
import { CAPABILITIES_COMMAND } from './capabilities';
import { checkCommand } from './check';
import { GRAPH_COMMAND } from './graph';
import { INIT_COMMAND } from './init';
import { publishCommand } from './publish';

/** Every command of the program. */
export const COMMANDS: readonly Command[] = [
  checkCommand(RULES),
  publishCommand(RULES),
  GRAPH_COMMAND,
  INIT_COMMAND,
  CAPABILITIES_COMMAND,
];
