import type { Command } from 'commander';
import { nearestName } from '../suggest';
import { ExitCode, exitMeanings } from './io';
import { columns } from './table';

/** `tegmenta help [command...]`: what `tegmenta [command...] --help` says, however deep it lies. */
export function addHelpCommand(program: Command): void {
  program
    .helpCommand(false)
    .command('help')
    .summary('help for a command')
    .description('Say what `--help` says of the program or of a command.')
    .argument('[command...]', 'its name: `help run`, `help run brunel`')
    .action((names: readonly string[]) => names.reduce(subcommand, program).outputHelp());
}

/** Ends the command with a usage error where there is none of that name. */
function subcommand(command: Command, name: string): Command {
  const found = command.commands.find((other) => other.name() === name);
  if (found) return found;
  const nearest = nearestName(
    name,
    command.commands.map((other) => other.name()),
  );
  const hint = nearest === undefined ? '' : `\n(Did you mean ${nearest}?)`;
  return command.error(`error: unknown command '${name}'${hint}`);
}

/** The exit codes and their meanings, for the end of a help text. */
export function exitCodesText(): string {
  const rows = Object.entries(ExitCode).map(([name, code]) => [
    String(code),
    exitMeanings[name as keyof typeof ExitCode],
  ]);
  return `\nExit codes:\n${columns(rows).trimEnd()}`;
}
