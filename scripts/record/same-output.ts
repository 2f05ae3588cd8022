import { fstatSync } from "node:fs";

/** Are these two streams the same terminal, file or pipe? Streams without a file descriptor are compared as objects. */
export function isSameOutput(stdout: object, stderr: object): boolean {
  const [out, err] = [descriptorOf(stdout), descriptorOf(stderr)];
  if (out === null || err === null) return stdout === stderr;
  try {
    const [a, b] = [fstatSync(out, { bigint: true }), fstatSync(err, { bigint: true })];
    return a.dev === b.dev && a.ino === b.ino;
  } catch {
    return false; // one of them is closed
  }
}

/** The file descriptor behind a stream, or null. */
export function descriptorOf(stream: object): number | null {
  return "fd" in stream && typeof stream.fd === "number" && stream.fd >= 0 ? stream.fd : null;
}
