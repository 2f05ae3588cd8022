export interface Progress {
  update(done: number, total: number): void;
  /** Clears the line. May be called twice. */
  end(): void;
}

/** One line that says how many pages are rendered, on a terminal only; elsewhere it says nothing. */
export function progressLine(stream: NodeJS.WritableStream & { isTTY?: boolean }): Progress {
  let shown = false;
  let lastMs = 0;
  return {
    update(done, total) {
      const nowMs = performance.now();
      if (!stream.isTTY || (nowMs - lastMs < 100 && done < total)) return;
      lastMs = nowMs;
      shown = true;
      stream.write(`\r\x1b[KRendering ${done} of ${total} pages`);
    },
    end() {
      if (shown) stream.write("\r\x1b[K");
      shown = false;
    },
  };
}
