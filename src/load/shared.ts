/**
 * One object for a whole process, whichever copy of this package asks for it.
 *
 * A build renders its pages from a bundle with its own copies of our modules; what they should share with the command that
 * started them (warnings to say at the end, records that have been parsed already) hangs on a global symbol.
 */
export function shared<T>(name: string, make: () => T): T {
  const holder = globalThis as { [key: symbol]: T | undefined }; // a door: globalThis is untyped, and each name has one type
  const key = Symbol.for(`guildhall.${name}`);
  const known = holder[key] ?? make();
  holder[key] = known;
  return known;
}
