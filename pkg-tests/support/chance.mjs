// Chance that can be had again by its seed.

/** Whether there is time for many cases: `cargo xtask test --long`. */
export const isLong = process.env.LANDFALL_LONG === "1";

/** The seed of this run; that of an earlier one is set by LANDFALL_SEED. */
export const seed = Number(process.env.LANDFALL_SEED ?? Math.floor(Math.random() * 2 ** 32)) >>> 0;

/** Numbers from 0 to below 1 (mulberry32); `of` parts what is drawn for one purpose from what is for another. */
export function chance(of = 0) {
  let state = (seed + Math.imul(of + 1, 0x9e3779b9)) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
