// What a user's compiler reads stands alone: no types of Node, of the DOM or of other packages are
// needed, and where they are there, they count.
import path from 'node:path';
import ts from 'typescript';
import { builtDeclarations, entries, filesOfUser, messages, programOf, root } from './package';

let built: ReadonlyMap<string, string>;
beforeAll(() => {
  built = builtDeclarations();
});

/** What anybody can write. */
const anywhere = `
import * as nest from 'tegmenta';
import whole from 'tegmenta';
${entries.map(({ name }, i) => `export * as entry${i} from '${name}';`).join('\n')}

export const resolution: number = whole.resolution;
// @ts-expect-error: a number
export const text: string = whole.resolution;

const recorder = nest.Create('spike_recorder');
export async function read(): Promise<void> {
  for await (const bytes of recorder.readable()) bytes.byteLength.toFixed();
  const { done, value } = await recorder.readable().getReader().read();
  if (!done) value.byteLength.toFixed();
  // @ts-expect-error: there may be none
  value.byteLength.toFixed();
  await recorder.readable().cancel();
  for await (const { times } of recorder.stream()) times.length.toFixed();
}
export function inBlock(): number {
  using kernel = new nest.Kernel();
  return kernel.Create('iaf_psc_exp').V_m;
}
export async function inBlockToTheEnd(): Promise<number> {
  await using kernel = new nest.Kernel();
  return (await kernel.Simulate(1)).spikes;
}
// @ts-expect-error: no signal
void nest.Simulate(1, { signal: { aborted: false } });
`;

/** What can be written where AbortSignal, Response and ReadableStream are known. */
const withWeb = `
const { signal } = new AbortController();
void nest.Simulate(1, { signal });
recorder.stream({ signal });
recorder.readable({ signal });
void nest.GetConnectionsAsync({}, { signal: AbortSignal.timeout(10) });
void new Response(recorder.readable()).text();
export const web: ReadableStream<Uint8Array> = recorder.readable();
export const [left, right] = recorder.readable().tee();
export const piped = recorder.readable().pipeTo(new WritableStream<Uint8Array>());
// @ts-expect-error: of bytes
export const ofNumbers: ReadableStream<number> = recorder.readable();
`;

/** What can be written where Node's modules are known. */
const withNode = `
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as NodeStream } from 'node:stream/web';

Readable.fromWeb(recorder.readable()).pipe(createWriteStream('spikes'));
void pipeline(recorder.readable(), createWriteStream('spikes'));
export const ofNode: NodeStream<Uint8Array> = recorder.readable();
`;

interface Platform {
  readonly lib: readonly string[];
  readonly types: string[];
  readonly program: string;
}

const platforms: Readonly<Record<string, Platform>> = {
  'no types of a platform': { lib: [], types: [], program: anywhere },
  'types of Node': { lib: [], types: ['node'], program: anywhere + withWeb + withNode },
  'types of the DOM': { lib: ['dom'], types: [], program: anywhere + withWeb },
  'types of both': { lib: ['dom'], types: ['node'], program: anywhere + withWeb + withNode },
};

const resolutions: Readonly<Record<string, ts.CompilerOptions>> = {
  node16: { module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16 },
  nodenext: { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
  bundler: { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
};

describe.each(Object.entries(resolutions))('with %s', (_resolution, resolution) => {
  const parsed = new Map<string, ts.SourceFile>();

  it.each(Object.entries(platforms))('and %s', (platform, { lib, types, program }) => {
    const options: ts.CompilerOptions = {
      ...resolution,
      target: ts.ScriptTarget.ES2022,
      lib: ['es2022', ...lib].map((name) => `lib.${name}.d.ts`),
      types,
      strict: true,
      skipLibCheck: false,
      noEmit: true,
    };
    // CommonJS, an ES module, and whichever of them package.json says.
    const programs = ['cts', 'mts', 'ts'].map((end) =>
      path.join(root, `user with ${platform}.${end}`),
    );
    const files = filesOfUser(
      new Map([...built, ...programs.map((file) => [file, program] as const)]),
      types.length > 0 ? /\/node_modules\/(@types\/(node\/|$)|undici-types\/|$)/ : undefined,
    );
    const compiled = programOf(programs, options, files, parsed);
    expect(messages(ts.getPreEmitDiagnostics(compiled))).toEqual([]);
    const ends = entries.flatMap(({ module }) => [module, module.replace(/\.ts$/, '.mts')]);
    const read = compiled.getSourceFiles().map(({ fileName }) => fileName);
    expect(read).toEqual(expect.arrayContaining(ends.map((end) => path.join(root, end))));
  });
});
