'use strict';
// package.json of what is published: made from that of the checkout and the list of platforms.

/** What a package of one platform holds besides its addon. */
const ADDON = 'tegmenta.node';

/** Fields that every package of this project has. */
const shared = ({
  version,
  license,
  author,
  homepage,
  bugs,
  repository,
  publishConfig,
  engines,
}) => ({
  version,
  ...{ license, author, homepage, bugs, repository, publishConfig, engines },
});

/** Who develops has these; who installs has not. */
const ofCheckout = ['scripts', 'devDependencies', 'overrides', 'allowScripts', 'binary'];

/** Files of the checkout's package that are not in the published one. */
const isPublished = (file) => !file.startsWith('build/');

/** The main package: without what builds it, with the addons as optional dependencies. */
function mainManifest(checkout, platforms) {
  const kept = Object.entries(checkout).filter(([field]) => !ofCheckout.includes(field));
  return {
    ...Object.fromEntries(kept),
    files: checkout.files.filter(isPublished),
    optionalDependencies: Object.fromEntries(
      platforms.map((platform) => [platform.package, checkout.version]),
    ),
  };
}

const words = ({ os, cpu, libc }) => [os, cpu, ...(libc ? [libc] : [])].join(' ');

/** The package of one platform. */
function platformManifest(checkout, platform) {
  const { os, cpu, libc } = platform;
  return {
    name: platform.package,
    description: `The compiled part of tegmenta for ${words(platform)}`,
    ...shared(checkout),
    main: ADDON,
    files: [ADDON],
    os: [os],
    cpu: [cpu],
    ...(libc && { libc: [libc] }),
    // Yarn's Plug'n'Play then unpacks it: a compiled file cannot be loaded from an archive.
    preferUnplugged: true,
  };
}

const platformReadme = (platform) =>
  `# ${platform.package}\n\nThe compiled part of [tegmenta](https://www.npmjs.com/package/tegmenta) for ${words(platform)}. ` +
  'It is installed with that package; nothing else needs it.\n';

/** A package's folder in out/packages, and how its tarball begins: its name without the signs of a scope. */
const packedName = (name) => name.replace(/^@/, '').replace('/', '-');

module.exports = {
  ADDON,
  isPublished,
  mainManifest,
  packedName,
  platformManifest,
  platformReadme,
};
