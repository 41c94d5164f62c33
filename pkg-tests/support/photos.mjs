// Photos for the tests, as cameras make them, and what is in an archive of them.

/** The checksum of the archive format. */
export function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/** The files of an archive by name, in its order, as its directory names them; none of them is compressed. */
export function inflated(archive) {
  const end = archive.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  const files = {};
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [method, date, crc, size] = [archive.readUInt16LE(at + 10), archive.readUInt16LE(at + 14), archive.readUInt32LE(at + 16), archive.readUInt32LE(at + 20)];
    const [name, extra, comment] = [28, 30, 32].map((offset) => archive.readUInt16LE(at + offset));
    const local = archive.readUInt32LE(at + 42);
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    if (archive.toString("latin1", at, at + 4) !== "PK\x01\x02" || method !== 0) throw new Error(`not a stored file at ${at}`);
    files[archive.toString("utf8", at + 46, at + 46 + name)] = { bytes: archive.subarray(start, start + size), crc, year: 1980 + (date >> 9) };
    at += 46 + name + extra + comment;
  }
  if (at !== end) throw new Error("the directory ends elsewhere");
  return files;
}

/** What a camera notes: how it was held, and where. */
function exif(orientation) {
  const place = Buffer.from("GPS here\0");
  const tiff = Buffer.alloc(60 + place.length);
  tiff.write("II*\0", 0, "latin1");
  tiff.writeUInt32LE(8, 4);
  const entries = [[0x0112, 3, 1, orientation], [0x8825, 4, 1, 38]];
  tiff.writeUInt16LE(entries.length, 8);
  entries.forEach(([tag, type, count, value], index) => {
    const at = 10 + 12 * index;
    tiff.writeUInt16LE(tag, at);
    tiff.writeUInt16LE(type, at + 2);
    tiff.writeUInt32LE(count, at + 4);
    tiff.writeUInt32LE(value, at + 8);
  });
  // The one field of the place: a text.
  tiff.writeUInt16LE(1, 38);
  tiff.writeUInt16LE(0x001d, 40);
  tiff.writeUInt16LE(2, 42);
  tiff.writeUInt32LE(place.length, 44);
  tiff.writeUInt32LE(56, 48);
  place.copy(tiff, 56);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(tiff.length + 8, 2);
  return Buffer.concat([head, Buffer.from("Exif\0\0", "latin1"), tiff]);
}

/**
 * A photo as JPEG, drawn by the browser of a page: its left and right half in two colours, or noise; with an
 * orientation, also what a camera notes.
 */
export async function photo(page, { width, height, left, right, noise = false, orientation }) {
  const text = await page.evaluate((of) => {
    const canvas = Object.assign(document.createElement("canvas"), { width: of.width, height: of.height });
    const context = canvas.getContext("2d");
    if (of.noise) {
      const data = context.createImageData(of.width, of.height);
      let state = 1;
      for (let at = 0; at < data.data.length; at += 1) data.data[at] = at % 4 === 3 ? 255 : (state = (state * 48_271) % 2_147_483_647) & 255;
      context.putImageData(data, 0, 0);
    } else {
      [of.left, of.right].forEach((colour, half) => {
        context.fillStyle = colour;
        context.fillRect((half * of.width) / 2, 0, of.width / 2, of.height);
      });
    }
    return canvas.toDataURL("image/jpeg", 0.9).split(",")[1];
  }, { width, height, left, right, noise });
  const bytes = Buffer.from(text, "base64");
  return orientation === undefined ? bytes : Buffer.concat([bytes.subarray(0, 2), exif(orientation), bytes.subarray(2)]);
}
