import { Argument, type Command, type Option } from 'commander';
import type { CliIO } from './io';
import { NameArgument } from './names';

// What shells complete, from the tree of commands: the parser has nothing of its own for that.

/** The shells that a script can be made for, and how to use it. */
const shells = {
  bash: 'source <(tegmenta completion bash)',
  zsh: 'source <(tegmenta completion zsh)',
  fish: 'tegmenta completion fish | source',
} as const;

type Shell = keyof typeof shells;

/** `tegmenta completion <shell>` */
export function addCompletionCommand(program: Command, io: CliIO): void {
  const uses = Object.values(shells).map((use) => `  ${use}\n`);
  program
    .command('completion')
    .summary('print a script that lets a shell complete commands')
    .description('Print a script that lets a shell complete commands, options and names.')
    .addArgument(new Argument('<shell>', 'which shell').choices(Object.keys(shells)))
    .addHelpText('after', `\nUse:\n${uses.join('').trimEnd()}`)
    .action((shell: Shell) => {
      io.stdout.write(scripts[shell](program.name(), linesOf(program)));
    });
}

/** What can follow a command, or an option of it: a line of words. */
interface Line {
  /** `run brunel`, or `run brunel --neuron`. */
  readonly after: string;
  readonly words: readonly string[];
}

/** All of a tree: a line for each command, and for each option that takes a value. */
function linesOf(command: Command, path: readonly string[] = []): Line[] {
  const help = command.createHelp();
  const options = help.visibleOptions(command);
  const after = path.join(' ');
  const words = [
    ...help.visibleCommands(command).map((sub) => sub.name()),
    ...command.registeredArguments.flatMap(namesOf),
    ...options.flatMap(({ long }) => long ?? []),
  ];
  const values = options.filter(takesValue).map((option) => ({
    after: [...path, option.long].join(' '),
    words: option.argChoices ?? [],
  }));
  const below = command.commands.flatMap((sub) => linesOf(sub, [...path, sub.name()]));
  return [{ after, words }, ...values, ...below];
}

const namesOf = (argument: Argument): readonly string[] =>
  argument instanceof NameArgument ? argument.names : (argument.argChoices ?? []);

const takesValue = ({ required, optional }: Option): boolean => required || optional;

/**
 * Words are followed from the left as far as they are commands; then the last one decides: an
 * option that takes a value gives its choices, and the shell files where it has none.
 */
function bashScript(name: string, lines: readonly Line[]): string {
  const cases = lines.map(
    ({ after, words }) => `    ${quoted(after)}) words=${quoted(words.join(' '))} ;;\n`,
  );
  return `# Completion of ${name} for bash.
_${name}_words() {
  case "$1" in
${cases.join('')}    *) return 1 ;;
  esac
}
_${name}() {
  local path='' words='' word next i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    next=\${path:+$path }$word
    [[ $word != -* ]] && _${name}_words "$next" && path=$next
  done
  word=\${COMP_WORDS[COMP_CWORD]}
  if [[ $COMP_CWORD -gt 1 && \${COMP_WORDS[COMP_CWORD-1]} == -* ]] &&
    _${name}_words "\${path:+$path }\${COMP_WORDS[COMP_CWORD-1]}"; then
    : # Its choices, if it has any.
  else
    _${name}_words "$path"
  fi
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o default -F _${name} ${name}
`;
}

/** As for bash, which zsh can stand in for. */
const zshScript = (name: string, lines: readonly Line[]): string =>
  `autoload -U +X compinit && compinit
autoload -U +X bashcompinit && bashcompinit
${bashScript(name, lines)}`;

/** A rule for each line: fish asks what was typed. */
function fishScript(name: string, lines: readonly Line[]): string {
  const rules = lines.flatMap(({ after, words }) => {
    const typed = after === '' ? [] : after.split(' ');
    const option = typed.at(-1)?.startsWith('--') ? typed.pop()! : undefined;
    const condition = `-n ${quoted(`__${name}_at ${typed.join(' ')}`.trimEnd())}`;
    if (option !== undefined) {
      const choices = words.length > 0 ? ` -x -a ${quoted(words.join(' '))}` : ' -r -F';
      return [`complete -c ${name} ${condition} -l ${option.slice(2)}${choices}\n`];
    }
    const options = words.filter((word) => word.startsWith('--'));
    const names = words.filter((word) => !word.startsWith('--'));
    return [
      ...(names.length > 0
        ? [`complete -c ${name} ${condition} -f -a ${quoted(names.join(' '))}\n`]
        : []),
      ...options.map((word) => `complete -c ${name} ${condition} -l ${word.slice(2)}\n`),
    ];
  });
  return `# Completion of ${name} for fish.
function __${name}_at
  set -l typed (commandline -opc)[2..-1]
  set -l names (string match -v -- '-*' $typed)
  test (count $argv) -eq 0; and test (count $names) -eq 0; and return 0
  test (count $argv) -gt 0; and test "$names[1..(count $argv)]" = "$argv"
end
${rules.join('')}`;
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\\\''")}'`;

const scripts: Readonly<Record<Shell, (name: string, lines: readonly Line[]) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};
