import { existsSync } from 'node:fs';
import path from 'node:path';
import { nameErrors, TegmentaError } from '../tegmenta-error';
import { platforms, platformsOf } from './platforms';

/** The compiled part of the package cannot be loaded; the message says what to do. */
export class AddonNotLoaded extends TegmentaError {}
nameErrors({ AddonNotLoaded });

/** Where an addon was looked for: in a named file, in a checkout, or in the package of a platform. */
export type AddonPlace =
  | { readonly file: string }
  | { readonly checkout: string }
  /** Undefined: none is installed. */
  | { readonly package: string | undefined };

/** This machine, as the advice depends on it. */
interface Machine {
  readonly platform: string;
  readonly arch: string;
}

/**
 * The error for what was thrown while the addon was loaded.
 * @internal
 */
export function addonNotLoaded(
  cause: unknown,
  place: AddonPlace,
  machine: Machine = process,
): AddonNotLoaded {
  const { code, message = '' } = (cause ?? {}) as Partial<NodeJS.ErrnoException>;
  const advice = isForbidden(code) ? adviceToAllow() : adviceFor(place, code, message, machine);
  const error = new AddonNotLoaded(
    `The native addon of tegmenta cannot be loaded: ${advice}`,
    'file' in place ? place : {},
  );
  if (cause !== undefined) error.cause = cause;
  return error;
}

/** The error for a file that is named after another addon was loaded. @internal */
export function addonAlreadyLoaded(file: string, loaded: string): AddonNotLoaded {
  const which = loaded === '' ? 'that of the package' : loaded;
  return new AddonNotLoaded(
    `load: ${file} comes too late, ${which} is loaded already; name it before anything imports tegmenta.`,
    { file },
  );
}

const isForbidden = (code: string | undefined): boolean =>
  code === 'ERR_DLOPEN_DISABLED' || code === 'ERR_ACCESS_DENIED';

const adviceToAllow = (): string =>
  'permission' in process
    ? 'the permission model of Node.js forbids it; start with --allow-addons, and with --allow-fs-read for the folders of tegmenta and @tegmenta.'
    : 'Node.js was started with --no-addons; start it without.';

function adviceFor(
  place: AddonPlace,
  code: string | undefined,
  message: string,
  machine: Machine,
): string {
  if ('file' in place) {
    return code === 'ENOENT'
      ? `${place.file}, which TEGMENTA_ADDON or nativeBinding names, is not there.`
      : `${place.file}, which TEGMENTA_ADDON or nativeBinding names, does not load on this machine (${message}).`;
  }
  if ('checkout' in place) {
    // What was installed from git has no sources beside it.
    const how = existsSync(path.join(place.checkout, 'CMakeLists.txt'))
      ? '`npm run build`'
      : 'installing tegmenta anew';
    return message.startsWith('No native build')
      ? `${place.checkout} has none for this machine; ${how} compiles it.`
      : `that of ${place.checkout} does not load on this machine (${message}); ${how} compiles it.`;
  }
  if (place.package !== undefined) {
    return `${place.package} is installed, but does not load on this machine (${message}); compile it from a checkout and name the file by TEGMENTA_ADDON.`;
  }
  return adviceToInstall(machine);
}

function adviceToInstall({ platform, arch }: Machine): string {
  const names = platformsOf(platform, arch).map((one) => one.package);
  if (names.length > 0) {
    return `${names.join(' or ')}, which holds it for this machine, is not installed; install tegmenta anew here, with its optional dependencies, or see docs/packages.md on bundles.`;
  }
  if (platform === 'win32') {
    return 'there is none for Windows; tegmenta runs there in WSL, the Windows Subsystem for Linux.';
  }
  const known = [...new Set(platforms.map(({ os, cpu }) => `${os}-${cpu}`))].join(', ');
  return `there is none for ${platform}-${arch}, only for ${known}; compile it from a checkout and name the file by TEGMENTA_ADDON.`;
}
