import type { Command } from 'commander';
import { models } from '../registry';
import type { Experiment } from './experiment';
import type { CliIO } from './io';
import { columns } from './table';

/** Kinds of models as the core declares them, with the headings of the list. */
const KINDS = {
  neuron: 'Neurons',
  stimulator: 'Stimulating devices',
  recorder: 'Recording devices',
  synapse: 'Synapses',
};

/** `tegmenta list [--models]` */
export function addListCommand(
  program: Command,
  io: CliIO,
  experiments: readonly Experiment[],
): void {
  program
    .command('list')
    .summary('list the experiments, or with --models the models')
    .description('List the experiments that `tegmenta run` knows.')
    .option('--models', 'list the neuron, device and synapse models instead')
    .action((options: { models?: boolean }) => {
      io.stdout.write(options.models ? modelList() : experimentList(experiments));
    });
}

function experimentList(experiments: readonly Experiment[]): string {
  const rows = experiments.map(({ name, summary }) => [name, summary]);
  return `Experiments (tegmenta run <name>)\n${columns(rows)}`;
}

function modelList(): string {
  return Object.entries(KINDS)
    .map(([kind, heading]) => {
      const rows = [...models.values()]
        .filter((model) => model.kind === kind)
        .map(({ name, summary }) => [name, summary]);
      return `${heading}\n${columns(rows)}`;
    })
    .join('\n');
}
