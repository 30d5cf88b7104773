/** The text of lib/generated/module-functions.ts, made of that of lib/kernel.ts. */
export function moduleFunctions(text: string): string;
