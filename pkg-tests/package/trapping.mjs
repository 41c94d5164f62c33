// A landfall.wasm that traps when it is told to, to see what becomes of the calls after it.

import binaryen from "binaryen";

/** The length of the request, in bytes, at which the calculation of a selling price traps. */
export const FATAL_LENGTH = 4_321;

/** A request of that length. */
export const fatalRequest = "x".repeat(FATAL_LENGTH - 2); // As JSON it has two quotes more.

/**
 * The module, changed so that a selling price asked for by a text of FATAL_LENGTH bytes spoils the instance and
 * traps. In a spoilt instance every selling price and landed cost traps.
 */
export function trapping(wasm) {
  const { i32, createType } = binaryen;
  const module = binaryen.readBinary(wasm);
  module.setFeatures(binaryen.Features.All);
  const text = createType([i32, i32]);
  const isSpoilt = () => module.global.get("spoilt", i32);
  module.addGlobal("spoilt", i32, true, module.i32.const(0));
  for (const name of ["landedCost", "sellingPrice"]) {
    const original = binaryen.getExportInfo(module.getExport(name)).value;
    const isFatal = name === "sellingPrice" ? module.i32.eq(module.local.get(1, i32), module.i32.const(FATAL_LENGTH)) : module.i32.const(0);
    module.addFunction(
      `guarded ${name}`,
      createType([i32, i32, i32, i32]),
      text,
      [],
      module.block(
        null,
        [
          module.if(isFatal, module.global.set("spoilt", module.i32.const(1)), undefined),
          module.if(isSpoilt(), module.unreachable(), undefined),
          module.call(original, [0, 1, 2, 3].map((index) => module.local.get(index, i32)), text),
        ],
        text,
      ),
    );
    module.removeExport(name);
    module.addFunctionExport(`guarded ${name}`, name);
  }
  if (!module.validate()) throw new Error("the changed module is not valid");
  const bytes = module.emitBinary();
  module.dispose();
  return bytes;
}
