// Writes zip archives: deflated, with fixed times, so that the same files always make the same archive.
import { deflateRawSync, crc32 as nodeCrc32 } from 'node:zlib';

/** 1980-01-01, the earliest that the format knows. */
const DATE = 0x21;
const UTF8_NAMES = 0x800;
const DEFLATED = 8;
/** A regular file that everybody may read, as Unix systems note it. */
const ATTRIBUTES = (0o100644 << 16) >>> 0;

/**
 * @param {{name: string, data: Buffer}[]} files names with `/`; fewer than 65,535 files, less than 4 GiB
 * @returns {Buffer}
 */
export function zip(files) {
  const parts = [];
  const directory = [];
  let offset = 0;
  for (const { name, data } of files) {
    const path = Buffer.from(name, 'utf8');
    const packed = deflateRawSync(data, { level: 9 });
    const about = Buffer.alloc(26);
    about.writeUInt16LE(20, 0);
    about.writeUInt16LE(UTF8_NAMES, 2);
    about.writeUInt16LE(DEFLATED, 4);
    about.writeUInt16LE(0, 6);
    about.writeUInt16LE(DATE, 8);
    about.writeUInt32LE(crc32(data), 10);
    about.writeUInt32LE(packed.length, 14);
    about.writeUInt32LE(data.length, 18);
    about.writeUInt16LE(path.length, 22);
    parts.push(Buffer.from('PK\x03\x04'), about, path, packed);
    const entry = Buffer.alloc(16);
    entry.writeUInt32LE(ATTRIBUTES, 8);
    entry.writeUInt32LE(offset, 12);
    // made on Unix, so that the attributes are read as such
    directory.push(Buffer.from('PK\x01\x02'), Buffer.from([20, 3]), about, entry.subarray(2), path);
    offset += 4 + about.length + path.length + packed.length;
  }
  const index = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(index.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, index, end]);
}

/** Names and contents of an archive that `zip` has made. */
export function* entriesOf(archive) {
  const end = archive.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    const name = archive.toString('utf8', at + 46, at + 46 + archive.readUInt16LE(at + 28));
    yield { name, size: archive.readUInt32LE(at + 24), packed: archive.readUInt32LE(at + 20) };
    at += 46 + archive.readUInt16LE(at + 28) + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
}

/** Node has it from 20.15 on. */
const crc32 = nodeCrc32 ?? slowCrc32;
function slowCrc32(data) {
  let crc = -1;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
