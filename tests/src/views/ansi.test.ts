import { suite } from "uvu";
import * as assert from "uvu/assert";
import { ansiHtml, plainStyle, stripAnsi } from "../../../src/views/ansi.ts";

const test = suite("ansi");
const html = (text: string) => ansiHtml(text).html;

test("leaves plain text plain", () => {
  assert.is(html("epoch 1 loss 0.5\n"), "epoch 1 loss 0.5\n");
  assert.is(html(""), "");
});

test("turns colours and weights into spans with our class names", () => {
  assert.is(html("\x1b[31mred\x1b[0m plain"), '<span class="a-fg1">red</span> plain');
  assert.is(html("\x1b[1;92mbold bright\x1b[22;39m."), '<span class="a-bold a-fg10">bold bright</span>.');
  assert.is(html("\x1b[7;44mx"), '<span class="a-inverse a-bg4">x</span>');
  assert.is(html("a\x1b[mb"), "ab", "an empty SGR resets");
});

test("knows xterm's 256 colours and true colour", () => {
  assert.is(html("\x1b[38;5;196mx"), '<span style="color:#ff0000">x</span>');
  assert.is(html("\x1b[38;5;244mx"), '<span style="color:#808080">x</span>');
  assert.is(html("\x1b[48;2;1;2;255mx"), '<span style="background-color:#0102ff">x</span>');
  assert.is(html("\x1b[38:2:1:2:3mx"), '<span style="color:#010203">x</span>');
  assert.is(html("\x1b[38;5;3;1mx"), '<span class="a-bold a-fg3">x</span>', "codes after a colour still count");
});

test("never lets output become markup", () => {
  assert.is(html('<script>alert("1")</script>&'), "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;");
  assert.is(html("\x1b]8;;javascript:alert(1)\x07link\x1b]8;;\x07"), "link");
  assert.is(html('\x1b]0;"><img src=x>\x1b\\title'), "title");
  assert.is(html("\x1b[38;2;1;2;999mx"), "x", "a colour out of range is no colour");
  assert.not.match(html("\x1b[38;5;</span><b>m"), /<b>/);
});

test("drops what is no text and no colour", () => {
  assert.is(html("a\x1b[2K\x1b[1Gb\x00\x07\x08c\x1b(Bd\x1b=e"), "abcde");
  assert.is(html("cut \x1b[3"), "cut ");
  assert.is(html("cut \x1b"), "cut ");
});

test("shows what a line overwritten with carriage returns ended as", () => {
  assert.is(html("10%\r50%\r100%\nnext"), "100%\nnext");
  assert.is(html("dos\r\nlines\r\n"), "dos\nlines\n");
  assert.is(html("\x1b[32m10%\r100%\x1b[0m"), '<span class="a-fg2">100%</span>', "the colour of the overwritten part stays on");
});

test("carries the style from one piece to the next", () => {
  const first = ansiHtml("\x1b[31mred");
  assert.is(ansiHtml(" still", first.style).html, '<span class="a-fg1"> still</span>');
  assert.is(ansiHtml("plain", plainStyle).html, "plain");
});

test("takes a megabyte of hostile output without blowing up", () => {
  const hostile = "\x1b[".repeat(300_000) + "\x1b]".repeat(100_000);
  const before = process.cpuUsage().user;
  ansiHtml(hostile);
  assert.ok((process.cpuUsage().user - before) / 1e6 < 5, "linear in the length of the text");
});

test("strips to the bare text", () => {
  assert.is(stripAnsi("\x1b[31mError:\x1b[0m <x>\x1b]0;t\x07"), "Error: <x>");
});

test.run();
