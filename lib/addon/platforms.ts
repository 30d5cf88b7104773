/** A machine for which a compiled addon is published, in a package of its own. */
export interface Platform {
  readonly package: string;
  /** As `process.platform`. */
  readonly os: 'linux' | 'darwin';
  /** As `process.arch`. */
  readonly cpu: 'x64' | 'arm64';
  /** Which C library: two that cannot load each other's addons. */
  readonly libc?: 'glibc' | 'musl';
}

/** Every platform; that of glibc comes first, for where npm installs both. @internal */
export const platforms = [
  { package: '@tegmenta/linux-x64-glibc', os: 'linux', cpu: 'x64', libc: 'glibc' },
  { package: '@tegmenta/linux-x64-musl', os: 'linux', cpu: 'x64', libc: 'musl' },
  { package: '@tegmenta/linux-arm64-glibc', os: 'linux', cpu: 'arm64', libc: 'glibc' },
  { package: '@tegmenta/linux-arm64-musl', os: 'linux', cpu: 'arm64', libc: 'musl' },
  { package: '@tegmenta/darwin-arm64', os: 'darwin', cpu: 'arm64' },
  { package: '@tegmenta/darwin-x64', os: 'darwin', cpu: 'x64' },
] as const satisfies readonly Platform[];

/** Name of a package that holds an addon. @internal */
export type PlatformPackage = (typeof platforms)[number]['package'];

/** Those whose addons this machine may load. @internal */
export function platformsOf(os: string, cpu: string): readonly (typeof platforms)[number][] {
  return platforms.filter((platform) => platform.os === os && platform.cpu === cpu);
}
