/** Command lines as words; the reading lives where `guild.yml` is read too. */
export { quoteWords, splitWords } from "../../src/run/shell-words.ts";
