// The types of landfall/order-export.

import type { Decimal, ErrorCode, Options } from "./index.js";

/** A buyer's order export of 1688: a file, its bytes, or rows as text. */
export type OrderExportFile =
  | string
  | ArrayBuffer
  | Uint8Array
  | InstanceOf<"Blob">
  | InstanceOf<"Response">;

export interface OrderExportOptions extends Options {
  /** Whether orders say who receives them, which is personal data. Default: `false`. */
  consignee?: boolean;
  /** Is called as each phase begins: the file is opened, its rows are read, they are put together as orders. */
  onPhase?: (phase: "open" | "rows" | "orders") => void;
}

export interface OrderExport {
  /** The orders as they stand in the file. */
  orders: ExportedOrder[];
  /** What is worth a second look; no order is left out for it. At most 10,000, then `moreIssues`. */
  issues: OrderExportIssue[];
}

/** An order; what the file doesn't say, or not so that it could be read, is `null`. Amounts are in yuan. */
export interface ExportedOrder {
  /** The number of the order, usually 19 digits. */
  orderId: string;
  /** The seller's company, or else their member name. */
  supplier: string | null;
  /** The goods: `"1234.50"`. */
  goodsCny: Decimal | null;
  /** Freight inside China. */
  freightCny: Decimal | null;
  /**
   * What the seller added to the price; negative where it is a discount, also where the file leaves the sign
   * out. Goods, freight and adjustment together are what was paid, or an issue says that they aren't.
   */
  adjustmentCny: Decimal | null;
  /** What the buyer paid. */
  paidCny: Decimal | null;
  /** The status, as 1688 calls it: `"交易成功"`. */
  status: string | null;
  /** When it was ordered, in China's time: `"2026-10-13 09:39:11"`. What a file leaves out of it is 0. */
  createdAt: string | null;
  /** When it was paid, in the same form. */
  paidAt: string | null;
  /** The number of the parcel. */
  trackingNumber: string | null;
  /** Who receives it; only where `options.consignee` asks for it. */
  consignee?: Consignee;
  /** What was ordered. */
  lines: ExportedLine[];
}

/** Who receives an order. */
export interface Consignee {
  name: string | null;
  address: string | null;
  postcode: string | null;
  phone: string | null;
  mobile: string | null;
}

/** An article of an order. */
export interface ExportedLine {
  title: string | null;
  /** Price of a unit, in yuan. */
  unitPriceCny: Decimal | null;
  /** How many units: a number where it is whole, otherwise a text, `"2.5"`. */
  quantity: number | Decimal | null;
  /** What a unit is called: `"件"`. */
  unit: string | null;
  /** The seller's code of the article. */
  itemCode: string | null;
  /** 1688's number of the offer, which stands in its address: `https://detail.1688.com/offer/<offerId>.html`. */
  offerId: string | null;
  /** 1688's number of the variant. */
  skuId: string | null;
}

/** Something in a file that is worth a second look; tell them apart by `code`. */
export type OrderExportIssue = {
  /**
   * Where: `"rows[12].单价(元)"`, with the number that a spreadsheet shows beside the row and 1688's header of
   * the column; empty where it is the whole file.
   */
  path: string;
  /** What is wrong and what to do, in the language asked for. */
  message: string;
} & (
  | {
      /** A cell that must have something in it is empty. */
      code: "missing";
    }
  | {
      /** Neither an amount nor a number. */
      code: "notANumber";
      found: string;
    }
  | {
      /** Not a date. */
      code: "notADate";
      found: string;
    }
  | {
      /** An id that a spreadsheet program took for a number, of which it keeps only 15 digits. */
      code: "digitsLost";
      /** What is left of it. */
      found: string;
    }
  | {
      /** What was paid isn't goods, freight and adjustment together, whichever sign the adjustment has. */
      code: "paidDiffers";
      sum: Decimal;
      paid: Decimal;
    }
  | {
      /** The lines of an order aren't worth what the order says. */
      code: "goodsDiffer";
      sum: Decimal;
      goods: Decimal;
    }
  | {
      /** An order that stands in the file before; both are in the result. */
      code: "duplicate";
      /** The row where it begins first. */
      row: number;
    }
  | {
      /** A further row of an order says something else of it than its first row, which counts. */
      code: "differs";
      found: string;
      kept: string;
    }
  | {
      /** A row with an article, but without an order above; it is left out. */
      code: "noOrderAbove";
    }
  | {
      /** An order without an article. */
      code: "noArticle";
    }
  | {
      /** A row that is neither an order nor an article; it is left out. */
      code: "notAnOrder";
    }
  | {
      /** There are more issues than are listed. */
      code: "moreIssues";
      further: number;
    }
);

/** Why a file can't be read; tell them apart by `code`. */
export type FileIssue = {
  /** Empty: it is the whole file. */
  path: "";
  /** What is wrong and what to do, in the language asked for. */
  message: string;
} & (
  | {
      /** Not a file in any of the forms that are taken. */
      code: "wrongType";
    }
  | {
      /** A Blob or Response that could not be read: `cause` has the reason. */
      code: "unreadable";
    }
  | {
      /** Neither an `.xlsx` file nor a table as text. */
      code: "notASpreadsheet";
    }
  | {
      /** A spreadsheet of another format, such as `.xls`, `.xlsb` or a page of HTML: save it as `.xlsx`. */
      code: "otherFormat";
    }
  | {
      /** Protected by a password. */
      code: "encrypted";
    }
  | {
      /** An `.xlsx` file that is cut off or changed. */
      code: "damaged";
    }
  | {
      /** Larger than 60 MB, or more than 200 MB unpacked. */
      code: "tooLarge";
      megabytes: number;
      unpacked: boolean;
    }
  | {
      /** More than 200,000 rows. */
      code: "tooManyRows";
      maximum: number;
    }
  | {
      /** No sheet has a row with the headers 订单编号, 单价(元) and 数量. */
      code: "missingColumns";
      /** Those of them that the row most like a header lacks. */
      columns: string[];
    }
);

/** The class that `landfall` throws, with the issues of a file. */
export class LandfallError extends Error {
  private constructor();
  readonly name: "LandfallError";
  readonly code: ErrorCode;
  /** Not empty where the code is `"invalidRequest"`. */
  readonly issues: readonly FileIssue[];
}

/**
 * The orders of a buyer's order export of 1688, as `.xlsx`, as CSV in UTF-8, UTF-16 or GB18030, or as rows copied
 * from a spreadsheet. The reader's `order_export.wasm` is loaded with the first file.
 *
 * @throws {LandfallError} `invalidRequest` where the file can't be read, with the reason as its one issue;
 * `notInitialised` where the reader can't be loaded.
 */
export function parseOrderExport(file: OrderExportFile, options?: OrderExportOptions): Promise<OrderExport>;

// The classes of the platform where a program's types know them, so that none has to add a library for ours.
type InstanceOf<Class extends string> = typeof globalThis extends { [C in Class]: { prototype: infer T } } ? T : never;
