/** Columns beyond this many can no longer be read side by side. */
export const compareLimit = 12;
