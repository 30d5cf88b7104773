import { IOError } from './errors';

/** The error of a file that cannot be read, made, written or continued. @internal */
export function fileFailed(
  what: 'read' | 'made' | 'written' | 'continued',
  file: string,
  cause: unknown,
): IOError {
  const reason = (cause as NodeJS.ErrnoException).code ?? String(cause);
  const error = new IOError(`The file ${file} cannot be ${what}: ${reason}.`, { file, reason });
  error.cause = cause;
  return error;
}
