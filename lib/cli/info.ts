import os from 'node:os';
import type { Command } from 'commander';
import { native } from '../native';
import { version } from '../generated/version';
import { jsonText } from './files';
import type { CliIO } from './io';
import { stateContents, stateText } from './state';
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
    .option('--json', 'print it as JSON; memory in bytes, times in ms')
    .action(async (file: string | undefined, { json }: { readonly json?: boolean }) => {
      if (file !== undefined) {
        const contents = await stateContents(file);
        io.stdout.write(json ? jsonText(contents) : columns(stateText(contents)));
      } else io.stdout.write(json ? jsonText(installationFacts()) : columns(installation()));
    });
}

/** Memory in bytes. */
const installationFacts = () => ({
  tegmenta: version,
  node: process.versions.node,
  platform: process.platform,
  architecture: process.arch,
  processor: os.cpus()[0]?.model.trim() ?? 'unknown',
  threads: os.availableParallelism(),
  instruction_set: native.simdLevel(),
  instruction_sets: native.simdLevels,
  memory_total: os.totalmem(),
  memory_free: os.freemem(),
});

/** Names and values. */
export function installation(): [string, string][] {
  const facts = installationFacts();
  const { instruction_set: used, instruction_sets: available } = facts;
  return [
    ['tegmenta', facts.tegmenta],
    ['Node.js', `v${facts.node}, ${facts.platform} ${facts.architecture}`],
    ['processor', facts.processor],
    ['threads', String(facts.threads)],
    ['instruction set', `${used} (available: ${available.join(', ')})`],
    ['memory', `${gibibytes(facts.memory_total)}, ${gibibytes(facts.memory_free)} free`],
  ];
}

const gibibytes = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GiB`;
