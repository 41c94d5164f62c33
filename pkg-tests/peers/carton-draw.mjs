// The draw of cartons, written from its description alone: ChaCha8, rejection, a partial Fisher–Yates shuffle.

const turn = (word, bits) => (word << bits) | (word >>> (32 - bits));

/** The words of the key stream: the key is the seed and 16 zero bytes, the nonce 0, blocks are counted from 0. */
export function* words(seed) {
  const key = Array.from({ length: 32 }, (_, index) => parseInt(seed.slice(2 * index, 2 * index + 2) || "0", 16));
  const little = (bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16) | (bytes[3] << 24);
  const constants = [0x61707865, 0x3320646e, 0x79622d32, 0x6b206574];
  const keyWords = Array.from({ length: 8 }, (_, index) => little(key.slice(4 * index, 4 * index + 4)));
  for (let block = 0; ; block++) {
    const start = [...constants, ...keyWords, block, 0, 0, 0];
    const state = Int32Array.from(start);
    const quarter = (a, b, c, d) => {
      for (const [x, y, z, bits] of [[a, b, d, 16], [c, d, b, 12], [a, b, d, 8], [c, d, b, 7]]) {
        state[x] += state[y];
        state[z] = turn(state[z] ^ state[x], bits);
      }
    };
    for (let round = 0; round < 4; round++) {
      for (const column of [0, 1, 2, 3]) quarter(column, column + 4, column + 8, column + 12);
      for (const column of [0, 1, 2, 3]) quarter(column, ((column + 1) % 4) + 4, ((column + 2) % 4) + 8, ((column + 3) % 4) + 12);
    }
    for (const index of state.keys()) yield (state[index] + start[index]) >>> 0;
  }
}

/** A number below `bound` from the next words. */
function below(source, bound) {
  const limit = 2 ** 32 - (2 ** 32 % bound);
  let word;
  do word = source.next().value;
  while (word >= limit);
  return word % bound;
}

/** The cartons to open of each lot; `null` of one whose cartons aren't known. */
export function openCartons({ lots, seed }) {
  const source = words(seed);
  return lots.map(({ cartons }) => {
    if (cartons === undefined) return null;
    const all = Array.from({ length: cartons }, (_, index) => index + 1);
    const count = Math.ceil(Math.sqrt(cartons));
    for (let at = 0; at < count; at++) {
      const other = at + below(source, cartons - at);
      [all[at], all[other]] = [all[other], all[at]];
    }
    return all.slice(0, count).sort((left, right) => left - right);
  });
}
