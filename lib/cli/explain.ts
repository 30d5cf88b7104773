import { TegmentaError } from '../errors';

/** Errors that say what to do need no stack; anything else is unexpected and shows where it was. */
export function explain(error: unknown): string {
  if (error instanceof TegmentaError) return error.message;
  if (!(error instanceof Error)) return String(error);
  return 'code' in error ? error.message : (error.stack ?? error.message);
}
