import os from 'node:os';
import type { Command } from 'commander';
import { native } from '../native';
import { packageVersion } from '../package-root';
import type { CliIO } from './io';
import { stateContents } from './state';
import { columns } from './table';

/** `tegmenta info` */
export function addInfoCommand(program: Command, io: CliIO): void {
  program
    .command('info')
    .summary('version, instruction set, threads and memory; what a saved state holds')
    .description(
      'Say what this installation is and what it found on this machine, or what is in a state.',
    )
    .argument('[state]', 'file that SaveState has written')
    .action(async (state: string | undefined) => {
      io.stdout.write(columns(state === undefined ? installation() : await stateContents(state)));
    });
}

/** Names and values. */
export function installation(): [string, string][] {
  return [
    ['tegmenta', packageVersion()],
    ['Node.js', `${process.version}, ${process.platform} ${process.arch}`],
    ['processor', os.cpus()[0]?.model.trim() ?? 'unknown'],
    ['threads', String(os.availableParallelism())],
    ['instruction set', `${native.simdLevel()} (available: ${native.simdLevels.join(', ')})`],
    ['memory', `${gibibytes(os.totalmem())}, ${gibibytes(os.freemem())} free`],
  ];
}

const gibibytes = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GiB`;
