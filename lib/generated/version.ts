// Generated from the core's declarations by scripts/generate.cjs; do not edit.

/** Version of this package, e.g. `1.2.0`. */
export const version = '0.1.0';
