import { MissingPackage } from './errors';

// Packages that only some calls need and that whoever makes them installs. Each is required by its
// literal name in a `try`: bundlers and tracers then take along what is installed, and do without
// what is not.

/** The error of a call for which packages are missing. @internal */
export function missingPackages(caller: string, missing: readonly string[]): MissingPackage {
  const command = `npm install ${missing.join(' ')}`;
  const what = missing.length === 1 ? 'a package' : 'packages';
  return new MissingPackage(
    `${caller} needs ${what} not installed: ${missing.join(', ')}. Install with: ${command}`,
    { packages: missing, command },
  );
}

/**
 * What there is of a package that could not be loaded because it is not installed.
 * @throws the error, where it was another reason.
 * @internal
 */
export function absent(name: string, error: unknown): undefined {
  const { code, message } = error as NodeJS.ErrnoException;
  // Node.js names it in quotes; Yarn's Plug'n'Play says "tried to access name (a peer dependency)".
  const isMeant = message.includes(`'${name}'`) || message.includes(`tried to access ${name} `);
  if (code === 'MODULE_NOT_FOUND' && isMeant) return undefined;
  throw error;
}
