import { Kernel } from '../../lib';
import { native } from '../../lib/native';
import { circles } from './circles';
import { defaultsOfEnums, friends, numericIndices } from './cpp-style';
import { dependenciesOf, type Dependency } from './dependencies';
import { deadLinks, deadNamesInComments, deadNamesInDocuments } from './documents';
import { differentKeys, type Declared } from './keys';
import known from './known-violations.json';
import { brokenBorders, brokenLayers } from './layers';
import { longFunctions } from './long-functions';
import { repositoryFiles, type SourceFile } from './source-files';
import { problemsBeyond, type Known, type Violation } from './violations';

/** What the rules look at. */
interface House {
  readonly files: readonly SourceFile[];
  readonly dependencies: readonly Dependency[];
  readonly declared: Declared;
}

/** The rules of the house. What breaks them today stands in known-violations.json, by rule. */
const rules = {
  'C++ includes only its own layer and lower ones': ({ files, dependencies }) =>
    brokenLayers(files, dependencies, 'cpp'),
  'lib imports only its own layer and lower ones': ({ files, dependencies }) =>
    brokenLayers(files, dependencies, 'lib'),
  'benchmarks import only their own layer and lower ones': ({ files, dependencies }) =>
    brokenLayers(files, dependencies, 'benchmarks'),
  'top folders use only what they may': ({ dependencies }) => brokenBorders(dependencies),
  'no circle of files': ({ dependencies }) => circles(dependencies),
  'no friend': ({ files }) => friends(files),
  'no numeric index': ({ files }) => numericIndices(files),
  'no default in a switch over an enum': ({ files }) => defaultsOfEnums(files),
  'functions fit on a screen': ({ files }) => longFunctions(files),
  'the same names in C++, TypeScript and documents': ({ files, declared }) =>
    differentKeys(files, declared),
  'no dead link': ({ files }) => deadLinks(files),
  'no dead name in a comment': ({ files }) => deadNamesInComments(files),
  'no dead name in a document': ({ files }) => deadNamesInDocuments(files),
} satisfies Readonly<Record<string, (house: House) => Violation[]>>;

export type Rule = keyof typeof rules;

export const ruleNames = Object.keys(rules) as Rule[];
export const knownViolations: Readonly<Partial<Record<string, Known>>> = known;

/** The files as they are. */
export const repository = repositoryFiles();

/** What the core declares. */
export function declaredNames(): Declared {
  const kernel = new Kernel();
  const models = native.models();
  const namesOf = (isWanted: (kind: string) => boolean): string[] =>
    models.filter(({ kind }) => isWanted(kind)).map(({ name }) => name);
  try {
    return {
      errors: native.errors().map(({ name }) => name),
      attributes: Object.keys(kernel.GetKernelStatus()),
      nodeModels: namesOf((kind) => kind !== 'synapse'),
      synapseModels: namesOf((kind) => kind === 'synapse'),
      connectionRules: native.connectionRules().map(({ name }) => name),
    };
  } finally {
    kernel.dispose();
  }
}

const actual = declaredNames();

/** What is to be mended, beyond the violations that are known; a message each. */
export function problemsOf(
  rule: Rule,
  files: readonly SourceFile[] = repository,
  declared: Declared = actual,
): string[] {
  const house = { files, dependencies: dependenciesOf(files), declared };
  return problemsBeyond(knownViolations[rule] ?? {}, rules[rule](house));
}

const problemsNow = new Map<Rule, ReadonlySet<string>>();

/** What a change brings that is not wrong already. */
export function problemsAdded(
  rule: Rule,
  files: readonly SourceFile[],
  declared: Declared = actual,
): string[] {
  const before = problemsNow.get(rule) ?? new Set(problemsOf(rule));
  problemsNow.set(rule, before);
  return problemsOf(rule, files, declared).filter((problem) => !before.has(problem));
}
