/**
 * A command as it can be typed again into a POSIX shell: words are quoted only where they must be.
 * `${RUN_DIR}` and `$RUN_DIR` stay open, because that is how the record says "this run's own directory".
 */
export function commandLine(words: readonly string[]): string {
  return words.map(quoteWord).join(" ");
}

function quoteWord(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  if (/^(?:[\w@%+=:,./-]|\$\{?RUN_?DIR\}?)+$/.test(word)) return `"${word}"`;
  return `'${word.replaceAll("'", "'\\''")}'`;
}
