import { nameErrors, TegmentaError } from './tegmenta-error';

/** The compiled part of the package cannot be loaded; the message says what to do. */
export class AddonNotLoaded extends TegmentaError {}
nameErrors({ AddonNotLoaded });

/**
 * The error for what was thrown while the addon was looked for and loaded.
 * @internal
 */
export function addonNotLoaded(cause: unknown): AddonNotLoaded {
  const { code, message = '' } = (cause ?? {}) as Partial<NodeJS.ErrnoException>;
  const error = new AddonNotLoaded(
    `The native addon of tegmenta cannot be loaded: ${adviceFor(code, message)}`,
  );
  error.cause = cause;
  return error;
}

function adviceFor(code: string | undefined, message: string): string {
  if (code === 'ERR_DLOPEN_DISABLED' || code === 'ERR_ACCESS_DENIED') {
    return 'permission' in process
      ? 'the permission model of Node.js forbids it; start with --allow-addons, and with --allow-fs-read for the folder of tegmenta.'
      : 'Node.js was started with --no-addons; start it without.';
  }
  if (message.startsWith('no tegmenta package')) {
    return 'its folder is not there, as in a bundle; leave tegmenta out of the bundle (esbuild: --external:tegmenta) and install it beside it.';
  }
  if (message.startsWith('No native build')) {
    return 'there is none for this machine; `npm rebuild tegmenta` compiles it (in a checkout: `npm run build`).';
  }
  return `it is there, but does not load on this machine (${message}); \`npm rebuild tegmenta\` compiles it anew (in a checkout: \`npm run build\`).`;
}
