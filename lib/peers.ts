import { MissingPackage } from './errors';

// Packages that only some calls need and that whoever makes them installs.

/** The error of a call for which packages are missing. @internal */
export function missingPackages(caller: string, missing: readonly string[]): MissingPackage {
  const command = `npm install ${missing.join(' ')}`;
  const what = missing.length === 1 ? 'a package' : 'packages';
  return new MissingPackage(
    `${caller} needs ${what} not installed: ${missing.join(', ')}. Install with: ${command}`,
    { packages: missing, command },
  );
}

/** Whether loading a package failed because it is not there, and not for another reason. @internal */
export function isAbsent(name: string, error: unknown): boolean {
  const { code, message } = error as NodeJS.ErrnoException;
  const absent = code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND';
  return absent && message.includes(`'${name}'`);
}

/** A module; undefined if its package is not there. Whatever else is wrong with it is thrown. @internal */
export async function installed<Module>(
  name: string,
  load: () => Promise<Module>,
): Promise<Module | undefined> {
  try {
    return await load();
  } catch (error) {
    if (isAbsent(name, error)) return undefined;
    throw error;
  }
}
