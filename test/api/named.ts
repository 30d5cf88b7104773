/** Matches errors with that name and those fields, wherever an error is expected. */
export const named = (name: string, fields: object = {}): Error =>
  expect.objectContaining({ name, ...fields }) as Error;
