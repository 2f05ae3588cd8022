/** Small archives for tests, made byte by byte: hostile ones too, which no program would make. */
import { crc32, deflateRawSync } from "node:zlib";

/** Path and content; `link` is where a symbolic link leads. */
export interface Member {
  path: string;
  text?: string;
  link?: string;
  hard?: boolean;
}

export function tar(members: readonly Member[]): Buffer {
  const blocks = members.flatMap(({ path, text = "", link, hard }) => {
    const content = Buffer.from(text);
    const head = Buffer.alloc(512);
    head.write(path.slice(0, 100));
    head.write("0000644\0", 100);
    head.write(`${content.length.toString(8).padStart(11, "0")}\0`, 124);
    head.write("00000000000\0        ", 136);
    head.write(link === undefined ? "0" : hard === true ? "1" : "2", 156);
    head.write(link ?? "", 157);
    head.write("ustar\x0000", 257);
    const sum = head.reduce((total, byte) => total + byte, 0);
    head.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
    return [...(path.length > 100 ? longName(path) : []), head, content, Buffer.alloc((512 - (content.length % 512)) % 512)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

/** As GNU tar writes it: a member of its own in front. */
function longName(path: string): Buffer[] {
  const whole = tar([{ path: "././@LongLink", text: `${path}\0` }]);
  const head = Buffer.from(whole.subarray(0, 512));
  head.write("L", 156);
  head.write("        ", 148);
  const sum = head.reduce((total, byte) => total + byte, 0);
  head.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return [head, whole.subarray(512, whole.length - 1024)];
}

/** Deflated; `spoiled` gives the members a wrong check sum. */
export function zip(members: readonly Member[], spoiled = false): Buffer {
  const parts: Buffer[] = [];
  const list: Buffer[] = [];
  let at = 0;
  for (const { path, text = "", link } of members) {
    const content = Buffer.from(link ?? text);
    const packed = deflateRawSync(content);
    const name = Buffer.from(path);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(spoiled ? 1 : crc32(content), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(content.length, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04"), common, name, packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(((link === undefined ? 0o100644 : 0o120777) << 16) >>> 0, 6);
    rest.writeUInt32LE(at, 10);
    list.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\x03"), common, rest, name]));
    parts.push(local);
    at += local.length;
  }
  const directory = Buffer.concat(list);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06");
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, directory, end]);
}
