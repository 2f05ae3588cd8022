import { test } from "uvu";
import * as assert from "uvu/assert";
import { renderDocument, renderNotes } from "../../../src/load/notes.ts";

test("headings get the ids that GitHub gives them, equal ones a number", () => {
  assert.match(renderDocument("## `series.json`, in short"), '<h2 id="seriesjson-in-short">');
  assert.match(renderDocument("# Zwölf Läufe"), '<h1 id="zwölf-läufe">');
  assert.match(renderDocument("## Flags\n\n## Flags"), '<h2 id="flags-1">');
});

test("a link to a neighbour leads to its page, other links stay", () => {
  assert.match(renderDocument("[a](run-format.md#status)"), 'href="../run-format/#status"');
  assert.match(renderDocument("[a](./run-format.md)"), 'href="../run-format/"');
  assert.match(renderDocument("[a](https://example.org/x.md)"), 'href="https://example.org/x.md"');
  assert.match(renderDocument("[a](#status)"), 'href="#status"');
});

test("notes get no ids: they would meet those of the page they stand in", () => {
  assert.not.match(renderNotes("## Flags"), "id=");
});

test("neither lets a script through", () => {
  for (const render of [renderDocument, renderNotes]) {
    assert.not.match(render("<script>alert(1)</script> [x](javascript:alert(1))"), /script>|javascript:/);
  }
});

test.run();
