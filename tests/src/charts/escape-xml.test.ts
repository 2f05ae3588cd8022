import { suite } from "uvu";
import * as assert from "uvu/assert";
import { escapeXml } from "../../../src/charts/escape-xml.ts";

const test = suite("escape XML");

test("makes markup text", () => {
  assert.is(escapeXml(`</b> & "x" 'y'`), "&lt;/b&gt; &amp; &quot;x&quot; &#39;y&#39;");
});

test("drops what XML forbids and keeps the rest of the world", () => {
  assert.is(escapeXml("a\u0000b\u0007c\uffff\td\n"), "abc\td\n");
  assert.is(escapeXml("zażółć 東京 🧪"), "zażółć 東京 🧪");
});

test.run();
