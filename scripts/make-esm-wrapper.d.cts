/** The types of the ES module that wraps a CommonJS module of the build, given by its path. */
export function typesOf(module: string, hasDefault: boolean): string;
