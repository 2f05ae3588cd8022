import { Socket, type SocketConstructorOpts } from "node:net";
import { ReadStream } from "node:tty";

/** Memory of somebody else that bytes are read into, and who is told when they have been dealt with. */
export interface SafeBuffer {
  buffer: Uint8Array;
  /** The first `bytes` of it were given to all who listen. */
  done(bytes: number): void;
}

/**
 * A readable of a pipe's reading end, or of the master of a pseudo-terminal. Gives its bytes back as they come, each piece a copy
 * of its own; with `safe` they are read into that memory first.
 */
export function readingEnd(
  fd: number,
  isTerminal: boolean,
  safe: SafeBuffer | null,
): NodeJS.ReadableStream & { destroy(): void } {
  const onread: SocketConstructorOpts["onread"] =
    safe === null
      ? undefined
      : {
          buffer: safe.buffer,
          callback(bytes, buffer) {
            readable.emit("data", Buffer.from(buffer.subarray(0, bytes)));
            safe.done(bytes);
            return true;
          },
        };
  const readable: Socket = isTerminal
    ? new ReadStream(fd, { onread })
    : new Socket({ fd, readable: true, writable: false, onread });
  return readable;
}
