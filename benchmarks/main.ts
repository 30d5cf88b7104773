#!/usr/bin/env node
// The command `tegmenta`: the command line of lib/cli with what this folder has to run and measure.
import { createRequire } from 'node:module';
import { runProcess } from '../lib/cli/main';
import type * as Command from './command';

// Loads the addon, which may fail.
runProcess(() => (createRequire(__filename)('./command') as typeof Command).runCommand);
