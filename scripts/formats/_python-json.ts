/** Reads JSON as Python writes it: with a bare NaN, Infinity and -Infinity, which become text. Throws SyntaxError. */
export function parsePythonJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!/NaN|Infinity/.test(text)) throw error;
    // Strings first, so that a NaN inside one stays as it is.
    return JSON.parse(
      text.replaceAll(/"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g, (word) => (word.startsWith('"') ? word : `"${word}"`)),
    );
  }
}
