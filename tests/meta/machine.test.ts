/** Nothing in the repository tells on which machine it was made. */
import { homedir, hostname } from "node:os";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { read, repositoryFiles, root } from "./_tree.ts";

const texts = repositoryFiles().filter((path) => !/\.(webp|png|jpe?g|ico|woff2?|gz|sqlite|tfevents.*)$/.test(path));

test("no file names this checkout, this home directory or this host", () => {
  const marks = [root, homedir().length > 1 ? `${homedir()}/` : "", hostname().length > 5 ? hostname() : ""].filter(Boolean);
  assert.equal(
    holding((text) => marks.some((mark) => text.includes(mark))),
    [],
  );
});

test("no file names a package registry's host", () => {
  assert.equal(
    holding((text) => /https?:\/\/(?:[\w-]+\.)*registry\.|\/\/files\.pythonhosted|\/pypi\/simple/.test(text)),
    [],
  );
});

test("no record in content/ names a home directory", () => {
  const home = /(?:^|[\s"'=:])(?:\/home\/|\/Users\/|\/root\/|[A-Z]:\\+Users\\+)[^\s"'/\\]/;
  assert.equal(
    holding((text) => home.test(text)).filter((path) => /^content\/(runs|environments)\//.test(path)),
    [],
  );
});

test.run();

function holding(marked: (text: string) => boolean): string[] {
  return texts.filter((path) => marked(read(path)));
}
