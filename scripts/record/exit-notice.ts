/**
 * How a process ended that is not our child. Linux 6.15 and later tells whoever holds a pidfd of it, also after its parent has
 * reaped it (ioctl PIDFD_GET_INFO with PIDFD_INFO_EXIT, linux/pidfd.h). Node has no ioctl; koffi has.
 */

const PIDFD_OPEN = 434; // the same number on every architecture
const INFO_BYTES = 64;
/** _IOWR(0xFF, 11, struct pidfd_info) */
const GET_INFO = 3 * 2 ** 30 + INFO_BYTES * 2 ** 16 + 0xff * 2 ** 8 + 11;
const INFO_EXIT = 8n;
const EXIT_CODE_AT = 60;

/** Gives the wait status (`exit code << 8 | signal`) once the process was reaped; null before, and where it is not told. */
export type ExitNotice = () => number | null;

/** To be called while the process lives. Where koffi or the system cannot, the notice is always null. */
export async function openExitNotice(pid: number): Promise<ExitNotice> {
  if (process.platform !== "linux") return () => null;
  try {
    const { default: koffi } = await import("koffi");
    const lib = koffi.load(null);
    const descriptor: number = lib.func("long syscall(long, int, unsigned int)")(PIDFD_OPEN, pid, 0);
    if (descriptor < 0) return () => null;
    const control = lib.func("int ioctl(int, unsigned long, ...)");
    return () => {
      const info = Buffer.alloc(INFO_BYTES);
      info.writeBigUInt64LE(INFO_EXIT, 0);
      if (control(descriptor, GET_INFO, "void *", info) !== 0) return null;
      return (info.readBigUInt64LE(0) & INFO_EXIT) === 0n ? null : info.readInt32LE(EXIT_CODE_AT);
    };
  } catch {
    return () => null; // no koffi here
  }
}
