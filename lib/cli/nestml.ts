import path from 'node:path';
import type { Command } from 'commander';
import { modelTextError } from '../nestml/model-text-error';
import type { SaidOfModels } from '../nestml/said';
import { problemsText } from '../nestml/source';
import type { ModelSummary } from '../nestml/summary';
import { jsonText, replaceFile } from './files';
import { ExitCode, type CliIO } from './io';
import { documentOf, documentText } from './model-text';
import { declarationsOf } from './model-types';
import { checkedFiles, type CheckedFile, type LoadedModel } from './nestml-files';
import { addSaid, synapseText } from './nestml-synapses';
import { columns } from './table';

// What `tegmenta nestml` says of models in NESTML.

interface Json extends SaidOfModels {
  readonly json?: boolean;
}

/** `tegmenta nestml check|info|types` */
export function addNestmlCommand(
  program: Command,
  io: CliIO,
  done: (code: ExitCode) => void,
): void {
  const nestml = program
    .command('nestml')
    .summary('check models written in NESTML, tell about them, declare their types')
    .description(
      'Check files of models in NESTML 8, tell what is in them, or declare their types.',
    );
  addSaid(nestml.command('check'))
    .summary('tell what is wrong in files')
    .description(
      'Tell what is wrong in files, a line each as compilers do: file:line:column. Exit code 1 if there is an error.',
    )
    .argument('<file...>', 'files in NESTML')
    .option('--json', 'print models and problems as JSON')
    .action(async (files: string[], options: Json) => done(await check(files, io, options)));
  addSaid(nestml.command('info'))
    .summary('tell all about the models of a file')
    .description(
      'Tell all about the models of a file: parameters with units and defaults, states, ports with their ' +
        'receptor numbers, recordables, how states are advanced, and operations in a step.',
    )
    .argument('<file>', 'file in NESTML')
    .option('--json', 'print it as JSON')
    .action(async (file: string, { json, ...said }: Json) => {
      const checked = await checkedFile(file, said);
      const { loaded, synapses } = checked;
      const width = io.stdout.columns ?? 100;
      io.stdout.write(
        json
          ? jsonText([...loaded.map(modelDocument), ...synapses])
          : [...loaded.map((model) => modelText(model, width)), ...synapses.map(synapseText)].join(
              '\n',
            ),
      );
    });
  addSaid(nestml.command('types'))
    .summary('write a file of types for TypeScript')
    .description(
      'Declare the types of the models of a file, so that TypeScript and editors know their parameters. ' +
        'Where the program loads the file by the path given here, LoadModel gives their names.',
    )
    .argument('<file>', 'file in NESTML, as LoadModel gets it')
    .option('--out <file>', 'write them to a file instead of the standard output')
    .action(async (file: string, { out, ...said }: SaidOfModels & { readonly out?: string }) => {
      const { models, loaded } = await checkedFile(file, said);
      const text = declarationsOf(
        loaded.map(({ description, keys }) => ({ ...description, keys })),
        models.map((model) => model.text.name.text),
        file,
      );
      if (out === undefined) io.stdout.write(text);
      else await writeTypes(out, text);
    });
}

/** @throws Error that names the file that was asked for, and what is wrong */
async function writeTypes(file: string, text: string): Promise<void> {
  try {
    await replaceFile(file, text);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const reasons: Readonly<Record<string, string>> = {
      EISDIR: 'it is a folder',
      ENOENT: `there is no folder ${path.dirname(file)}`,
      ENOTDIR: `${path.dirname(file)} is no folder`,
    };
    const reason = reasons[code ?? ''] ?? code ?? String(cause);
    throw Object.assign(new Error(`${file} cannot be written: ${reason}.`, { cause }), { code });
  }
}

async function check(
  files: readonly string[],
  { stdout, stderr }: CliIO,
  { json, ...said }: Json,
): Promise<ExitCode> {
  const checked = await checkedFiles(files, said);
  if (json) stdout.write(jsonText(checked.map(checkDocument)));
  else {
    for (const file of checked) {
      const problems = problemsText(file.problems.all, file.file);
      if (problems !== '') stderr.write(`${problems}\n`);
      if (!file.problems.hasErrors) stdout.write(`${file.file}: ${namesText(file)}\n`);
    }
  }
  return checked.some(({ problems }) => problems.hasErrors) ? ExitCode.failed : ExitCode.done;
}

const namesText = ({ models }: CheckedFile): string =>
  models.map((model) => `${model.kind} ${model.text.name.text}`).join(', ');

const checkDocument = (file: CheckedFile): object => ({
  file: file.file,
  models: file.models.map((model) => ({ name: model.text.name.text, kind: model.kind })),
  problems: modelTextError([{ problems: file.problems.all }]).problems,
});

/** @throws ModelTextError */
async function checkedFile(file: string, said: SaidOfModels): Promise<CheckedFile> {
  const [checked] = await checkedFiles([file], said);
  requireRight(checked!);
  return checked!;
}

function requireRight({ file, problems }: CheckedFile): void {
  if (problems.hasErrors) throw modelTextError([{ file, problems: problems.all }]);
}

const modelDocument = ({ description, summary }: LoadedModel): object => ({
  ...documentOf(description),
  ...summary,
});

const modelText = ({ description, summary }: LoadedModel, width: number): string =>
  [
    // What its equations are, and where it is from, the file says.
    documentText({ ...documentOf(description), equations: '', source: '' }, width),
    ...summarySections(summary),
  ].join('\n');

const weights = { positive: '> 0', negative: '< 0', all: 'all' };

function summarySections(summary: ModelSummary): string[] {
  const { spike_ports, continuous_ports, exact, numeric, operations } = summary;
  const spikes = spike_ports.map((one) => [one.port, `${one.receptor_type}`, weights[one.takes]]);
  const currents = continuous_ports.map((one) => [one.port, `${one.receptor_type}`, one.unit]);
  const solvers = [
    ...(exact.length > 0 ? [['exactly', exact.join(', ')]] : []),
    ...numeric.map((states) => ['by Runge-Kutta-Fehlberg', states.join(', ')]),
  ];
  const section = (heading: string, head: readonly string[], rows: string[][]): string[] =>
    rows.length === 0 ? [] : [`${heading}\n${columns(head.length > 0 ? [head, ...rows] : rows)}`];
  return [
    ...section('Ports of spikes', ['port', 'receptor_type', 'weights'], spikes),
    ...section('Continuous ports', ['port', 'receptor_type', 'unit'], currents),
    ...section('How states are advanced', [], solvers),
    ...section('Operations', [], [[`${operations} in a step of one neuron`]]),
  ];
}
