#!/usr/bin/env node
/// <reference types="node" />
import './compile-cache';
import { readFileSync } from 'node:fs';
import { wantsColours } from './colours';
import { COMMANDS } from './commands';
import { run } from './run';

process.exitCode = run(
  process.argv.slice(2),
  {
    out: (text) => process.stdout.write(text),
    error: (text) => process.stderr.write(text),
    standardInput: () => readFileSync(0),
    hasColours: wantsColours(process.stdout.isTTY, process.env),
  },
  COMMANDS,
);
