/** At a real terminal a wrapped command is what it would be without us: to its user, to its shell, and to itself. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { isAlive } from "../../../src/load/processes.ts";
import { announceSkip } from "../../runner/skip.ts";
import { launcher } from "../_project.ts";
import { hasPython, openTerminal, type Terminal } from "./_terminal.ts";
import { emptyFolder, program, recorded, removeFolders, runIds, runPlain, until, WITHOUT_KOFFI } from "./_wrapped.ts";

const test = suite("terminal");
test.after(removeFolders);

const guild = [launcher, "run", "--quiet", "--"];
const atTerminal = program("at-terminal.mjs");
const words = (argv: string[]): string => argv.map((word) => `'${word}'`).join(" ");

/** An interactive shell, at its prompt. */
async function shellIn(folder: string): Promise<Terminal> {
  const terminal = openTerminal(["bash", "--norc", "--noprofile", "-i"], folder);
  terminal.type("PS1='at''your''service '; bind 'set enable-bracketed-paste off'\r");
  await terminal.shown(/atyourservice /);
  return terminal;
}

/** Types a command line and waits until the shell is ready for the next. */
async function typed(terminal: Terminal, line: string): Promise<string> {
  terminal.type(`${line}\r`);
  return terminal.shown(/[\s\S]*atyourservice /);
}

/** How the latest command ended, as its shell says. */
async function codeIn(terminal: Terminal): Promise<string> {
  terminal.type("echo code=$?\r");
  const code = await terminal.shown(/code=\d+/);
  await terminal.shown(/atyourservice /);
  return code;
}

if (!hasPython || !existsSync("/bin/bash")) announceSkip("python3 and bash are needed for a terminal");
else {
  test("is a terminal to the command on all three, with its size, also when that changes", async () => {
    const terminal = openTerminal([...guild, ...atTerminal], emptyFolder());
    await terminal.shown(/tty 111 size 111x33/);
    await terminal.shown(/ready/);
    terminal.resize(20, 70);
    await terminal.shown(/SIGWINCH \d size 70x20/);
    terminal.type("hello\r");
    await terminal.shown(/read "hello\\n"/);
    terminal.type("q\r");
    assert.equal((await terminal.ended).end, { code: 7 });
  });

  test("Ctrl-C comes once and the command decides; a shell's loop over runs stops at it as without us", async () => {
    const terminal = await shellIn(emptyFolder());
    terminal.type(`${words([...guild, ...atTerminal])}\r`);
    await terminal.shown(/ready/);
    terminal.type("\u0003");
    assert.match(await terminal.shown(/SIGINT \d/), "SIGINT 1");
    terminal.type("\u0003");
    assert.match(await terminal.shown(/SIGINT \d/), "SIGINT 2");
    terminal.type("q\r");
    await terminal.shown(/atyourservice /);
    assert.is(await codeIn(terminal), "code=7");
    terminal.type(`for i in 1 2 3; do ${words([...guild, "sh", "-c", "echo begun; exec sleep 30"])}; done\r`);
    await terminal.shown(/begun\r\n/);
    terminal.type("\u0003");
    await terminal.shown(/atyourservice /);
    assert.is(await codeIn(terminal), "code=130");
    terminal.type("exit\r");
    const { screen } = await terminal.ended;
    assert.is(screen.split("begun\r\n").length, 2, "the loop went no further");
  });

  test("Ctrl-C comes once where stdin is a file, and where stdout goes into a pipe", async () => {
    const terminal = await shellIn(emptyFolder());
    for (const redirection of ["</dev/null", "| cat"]) {
      terminal.type(`${words([...guild, ...atTerminal])} ${redirection}\r`);
      await terminal.shown(/ready/);
      // Ctrl-C would end cat, as it would without us: there only the recorder and the command are told.
      terminal.type("\u0003");
      if (redirection === "</dev/null") assert.match(await terminal.shown(/SIGINT \d/), "SIGINT 1");
      terminal.type("\u001c");
      await terminal.shown(/atyourservice /);
    }
    terminal.type("exit\r");
    await terminal.ended;
  });

  test("Ctrl-Z, jobs, fg, bg and & work", async () => {
    const terminal = await shellIn(emptyFolder());
    terminal.type(`${words([...guild, ...atTerminal])}\r`);
    await terminal.shown(/ready/);
    terminal.type("\u001a");
    await terminal.shown(/Stopped[\s\S]*atyourservice /);
    assert.match(await typed(terminal, "jobs"), "Stopped");
    terminal.type("fg\r");
    assert.match(await terminal.shown(/SIGCONT \d/), "SIGCONT 1");
    terminal.type("q\r");
    await terminal.shown(/atyourservice /);
    assert.is(await codeIn(terminal), "code=7");
    terminal.type(`${words([...guild, "sh", "-c", "sleep 1; echo from behind"])} &\r`);
    await terminal.shown(/atyourservice /);
    assert.match(await typed(terminal, "jobs"), "Running");
    await terminal.shown(/from behind/);
    terminal.type("wait; exit\r");
    await terminal.ended;
  });

  test("what is redirected is no terminal, and what is not is one", async () => {
    const folder = emptyFolder();
    const once = words([...guild, ...atTerminal, "--once"]);
    const terminal = await shellIn(folder);
    assert.match(await typed(terminal, `${once} 2>errors`), "tty 110 size 111x33");
    assert.match(await typed(terminal, `${once} >out; cat out`), "tty 101 size undefined");
    assert.match(await typed(terminal, `${once} >out 2>&1; cat out`), "tty 100 size undefined");
    assert.match(await typed(terminal, `${once} </dev/null`), "tty 011 size 111x33");
    terminal.type("exit\r");
    await terminal.ended;
    const streams = runIds(folder).map((id) => [...new Set(recorded(folder, id).index.map(({ s }) => s))].join());
    assert.equal(streams.sort(), ["o", "o", "t", "t"]);
  });

  test("every byte of a terminal's output is logged as it was written, to the last line", async () => {
    const folder = emptyFolder();
    const plain = await runPlain(program("odd-bytes.mjs"), folder);
    await openTerminal([...guild, ...program("odd-bytes.mjs")], folder).ended;
    assert.ok(recorded(folder).log.equals(plain.stdout));
    const many = emptyFolder();
    const { end, screen } = await openTerminal([...guild, ...program("alternate.mjs", "20000")], many).ended;
    const expected = Array.from({ length: 20_000 }, (_, i) => `${i}\n`).join("");
    assert.equal(end, { code: 0 });
    assert.is(recorded(many).log.toString(), expected, "in order, although it was printed on stdout and stderr in turns");
    assert.is(screen.replace(/guild: [^\n]*\n/g, ""), expected.replaceAll("\n", "\r\n"));
  });

  test("a window that is closed takes the echo away, and nothing of the recording", async () => {
    const folder = emptyFolder();
    const terminal = openTerminal([...guild, ...atTerminal], folder);
    await terminal.shown(/ready/);
    terminal.close();
    const log = (): string => readFileSync(join(folder, "runs", runIds(folder)[0]!, ".guild/output.log"), "utf8");
    await until(() => log().includes("SIGHUP 1"), "the command is told once");
    const { child, recorder } = recorded(folder).manifest;
    process.kill(child!.pid, "SIGTERM");
    await terminal.ended;
    await until(() => !isAlive(recorder.pid, recorder.start), "the recorder ends");
    assert.equal([recorded(folder).run.status, recorded(folder).run.exitCode], ["error", 7]);
    assert.not.match(log(), "SIGHUP 2");
  });

  test("nohup holds: a hangup reaches neither the recorder nor the command", async () => {
    const folder = emptyFolder();
    const terminal = openTerminal(["nohup", ...guild, "sh", "-c", "echo begun; read line; echo over"], folder);
    const log = (): string => {
      const [id] = existsSync(join(folder, "runs")) ? runIds(folder) : [];
      const path = join(folder, "runs", id ?? "", ".guild/output.log");
      return id === undefined || !existsSync(path) ? "" : readFileSync(path, "utf8");
    };
    await until(() => log().includes("begun"), "it begins");
    terminal.close();
    await until(() => log().includes("over"), "it goes on when its terminal has gone");
    await terminal.ended;
    await until(() => recorded(folder).run.status === "completed", "the record is closed");
  });

  test("without koffi there is a pipe, Python is asked for its lines, and that is said once", async () => {
    const folder = emptyFolder();
    const env = { NODE_OPTIONS: WITHOUT_KOFFI, PYTHONUNBUFFERED: undefined };
    const command = ["sh", "-c", 'test -t 1 && echo terminal || echo "pipe, unbuffered: $PYTHONUNBUFFERED"'];
    const { screen, end } = await openTerminal([...guild, ...command], folder, env).ended;
    assert.equal(end, { code: 0 });
    assert.match(screen, "pipe, unbuffered: 1");
    assert.is(screen.split("npm install koffi").length, 2, screen);
    assert.match(recorded(folder).manifest.warnings.join(), "koffi is not installed");
  });

  test("what reads a terminal's size and name asks the one that it prints to", async () => {
    const { screen } = await openTerminal(
      [...guild, "sh", "-c", "stty size; tty; stty -a </dev/stderr | grep -o '[-]*opost'"],
      emptyFolder(),
    ).ended;
    assert.match(screen, "33 111");
    assert.match(screen, "-opost");
  });
}

test.run();
