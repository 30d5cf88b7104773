import { rm } from 'node:fs/promises';
import { deserialize, serialize } from 'node:v8';
import { BadStateFile } from '../errors';
import { Kernel } from '../kernel';

/** What a run is of: it goes on only as what it was. */
export interface RunDescription {
  readonly experiment: string;
  readonly time: number;
  readonly seed: number;
  readonly options: Readonly<Record<string, unknown>>;
}

/** What is saved with the kernel. */
interface SavedRun {
  readonly run: RunDescription;
  readonly program: unknown;
}

/**
 * Saves an experiment now and then, and when it is interrupted, to be taken up by another process.
 * Where nothing is to be saved it does nothing.
 */
export class Checkpoint {
  readonly #file: string | undefined;
  readonly #every: number;
  readonly #signal: AbortSignal;
  readonly #run: RunDescription;
  readonly #resumes: boolean;
  #savedAt = performance.now();

  /** `file`: none to do nothing. `every`: s of the clock. */
  constructor({
    file,
    every,
    signal,
    run,
    resumes,
  }: {
    readonly file: string | undefined;
    readonly every: number;
    readonly signal: AbortSignal;
    readonly run: RunDescription;
    readonly resumes: boolean;
  }) {
    this.#file = file;
    this.#every = every;
    this.#signal = signal;
    this.#run = run;
    this.#resumes = resumes;
  }

  /** Whether pieces of work are to end where they can be gone on from. */
  get active(): boolean {
    return this.#file !== undefined;
  }

  /**
   * What the program had saved, where the run is resumed: the kernel, whose network must be there
   * as it was built, has its state then; its collections of nodes stay valid, those of synapses do
   * not.
   */
  async resume<Program>(kernel?: Kernel): Promise<Program | undefined> {
    if (this.#file === undefined || !this.#resumes) return undefined;
    if (kernel) return programOf((await kernel.LoadState(this.#file)).user) as Program;
    return programOf(await userOf(this.#file)) as Program;
  }

  /**
   * Called between two pieces of work. Saves if it is time, or if the user has interrupted; then
   * nothing may follow but the results.
   * @param program Gives what the program needs to go on: what v8.serialize takes.
   */
  async offer(program: () => unknown, kernel?: Kernel): Promise<void> {
    if (this.#file === undefined) return;
    const isDue = performance.now() - this.#savedAt >= 1000 * this.#every;
    if (!isDue && !this.#signal.aborted) return;
    const saved: SavedRun = { run: this.#run, program: await program() };
    const own = kernel ?? new Kernel();
    try {
      await own.SaveState(this.#file, { user: serialize(saved) });
    } finally {
      if (!kernel) own.dispose();
    }
    this.#savedAt = performance.now();
  }

  /** The run is complete: there is nothing to be gone on with. */
  async done(): Promise<void> {
    if (this.#file !== undefined) await rm(this.#file, { force: true });
  }
}

/** What a saved run was of. @throws BadStateFile, IOError */
export async function descriptionIn(file: string): Promise<RunDescription> {
  return savedIn(await userOf(file)).run;
}

async function userOf(file: string): Promise<Uint8Array> {
  const { kernel, user } = await Kernel.LoadState(file);
  kernel.dispose();
  return user;
}

const programOf = (user: Uint8Array): unknown => savedIn(user).program;

function savedIn(user: Uint8Array): SavedRun {
  try {
    const saved = deserialize(user) as SavedRun | undefined;
    if (typeof saved?.run.experiment === 'string') return saved;
  } catch {
    // as below
  }
  throw new BadStateFile('This state was not saved by `tegmenta run`.', { reason: 'foreign' });
}
