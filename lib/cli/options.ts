import { InvalidArgumentError, Option, type Command } from 'commander';
import type {
  ChoiceOption,
  ChoicesOption,
  FlagOption,
  NumberOption,
  NumbersOption,
  OptionDeclarations,
  PathOption,
} from './experiment';

/** Adds the declared options to a command. */
export function addOptions(command: Command, declarations: OptionDeclarations): void {
  for (const [name, declaration] of Object.entries(declarations)) {
    command.addOption(optionOf(name, declaration));
  }
}

function optionOf(name: string, declaration: OptionDeclarations[string]): Option {
  if (declaration.kind === 'number') return numberOption(name, declaration);
  if (declaration.kind === 'numbers') return numbersOption(name, declaration);
  if (declaration.kind === 'choices') return choicesOption(name, declaration);
  if (declaration.kind === 'flag') return flagOption(name, declaration);
  if (declaration.kind === 'path') return pathOption(name, declaration);
  return choiceOption(name, declaration);
}

/** The key under which commander keeps the value of an option: `weightPrecision`. */
export const attributeName = (name: string): string => new Option(`--${name}`).attributeName();

/** `--g <number>`, refused unless it lies in the declared range. */
export function numberOption(name: string, declaration: NumberOption): Option {
  const option = new Option(`--${name} <${declaration.unit ?? 'number'}>`, declaration.description);
  option.argParser((text) => parseNumber(text, declaration));
  if (declaration.default !== undefined) option.default(declaration.default);
  if (declaration.conflicts !== undefined) option.conflicts([declaration.conflicts].flat());
  return option;
}

/** `--threads <n,n,…>`: different numbers, each in the declared range. */
export function numbersOption(name: string, declaration: NumbersOption): Option {
  return new Option(`--${name} <n,n,…>`, declaration.description)
    .argParser((text) => parseNumbers(text, declaration))
    .default(declaration.default, declaration.default.join(','));
}

/** `--seed <n>`, as all commands understand it. */
export const seedOption = (description: string): Option =>
  numberOption('seed', {
    kind: 'number',
    description,
    unit: 'n',
    default: 55,
    min: 1,
    max: 2 ** 32 - 1,
    step: 1,
  });

const portOption: NumberOption = {
  kind: 'number',
  description: 'show the run on a live page at this port of this machine, or at any that is free',
  min: 0,
  max: 65_535,
  step: 1,
};

/** `--serve [port]`: true, any that is free, where none is given. */
export const serveOption = (): Option =>
  new Option('--serve [port]', portOption.description).argParser((text) =>
    parseNumber(text, portOption),
  );

function choiceOption(name: string, { description, choices, default: word }: ChoiceOption): Option {
  return new Option(`--${name} <name>`, description).choices(choices).default(word);
}

/** `--quick`: true where it is given. */
function flagOption(name: string, declaration: FlagOption): Option {
  const option = new Option(`--${name}`, declaration.description).default(declaration.default);
  if (declaration.conflicts !== undefined) option.conflicts([declaration.conflicts].flat());
  return option;
}

/** `--data <folder>`, or `--nestml [file]`. */
const pathOption = (name: string, { description, of, optional }: PathOption): Option =>
  new Option(`--${name} ${optional ? `[${of}]` : `<${of}>`}`, description);

/** `--players <name,name>`: as many words as there are by default. */
function choicesOption(name: string, declaration: ChoicesOption): Option {
  const { description, choices, default: words } = declaration;
  return new Option(`--${name} <${words.map(() => 'name').join()}>`, description)
    .argParser((text) => {
      const chosen = text.split(',').map((word) => word.trim());
      if (chosen.length !== words.length || !chosen.every((word) => choices.includes(word))) {
        throw new InvalidArgumentError(
          `Expected ${words.length} of ${choices.join(', ')}, separated by commas.`,
        );
      }
      return chosen;
    })
    .default(words, words.join());
}

/** Which numbers an option takes. */
type Allowed = NumberOption | NumbersOption;

/**
 * A number as people type it.
 * @throws InvalidArgumentError saying which values are allowed.
 */
export function parseNumber(text: string, allowed: Allowed): number {
  const value = text.trim() === '' ? NaN : Number(text);
  const { min = -Infinity, max = Infinity, step } = allowed;
  // 0.3 / 0.1 is not 3: a multiple is one to within rounding.
  const steps = step === undefined ? 0 : value / step;
  const onGrid = Math.abs(steps - Math.round(steps)) <= 1e-9 * Math.max(1, Math.abs(steps));
  if (!Number.isFinite(value) || value < min || value > max || !onGrid) {
    throw new InvalidArgumentError(`Expected ${allowedValues(allowed)}.`);
  }
  return value;
}

/** As {@link parseNumber}, between commas; a number that is given twice counts once. */
const parseNumbers = (text: string, allowed: Allowed): readonly number[] => [
  ...new Set(text.split(',').map((part) => parseNumber(part, allowed))),
];

/** `a whole number from 1 to 8`, `a multiple of 0.1, at least 0`. */
function allowedValues({ min, max, step }: Allowed): string {
  const kind =
    step === undefined ? 'a number' : step === 1 ? 'a whole number' : `a multiple of ${step}`;
  if (min !== undefined && max !== undefined) return `${kind} from ${min} to ${max}`;
  if (min !== undefined) return `${kind}, at least ${min}`;
  if (max !== undefined) return `${kind}, at most ${max}`;
  return kind;
}
