// A shop with staff, suppliers, some months of orders and what arrived of them: the same for the same day and size.

const DAY = 86_400_000;
const HOUR = 3_600_000;

const GOODS = [
  ["MUG", "陶瓷马克杯 350ml", 1180, 40],
  ["LAMP", "LED台灯 三档调光", 3650, 20],
  ["CASE", "磁吸手机壳 透明", 640, 60],
  ["LID", "食品级硅胶杯盖", 290, 80],
  ["TEE", "纯棉短袖T恤 黑色 L", 2150, 25],
  ["SHOE", "帆布鞋 白 42码", 4380, 12],
  ["BAG", "折叠购物袋", 410, 70],
  ["PEN", "中性笔 0.5mm 黑", 95, 200],
  ["CORD", "USB-C 编织数据线 1m", 520, 60],
  ["BOWL", "日式饭碗 4.5寸", 870, 40],
];
const STAFF = ["Lin Jing", "Anna Weber", "Tom Ellis"];
const PLACES = ["Yiwu", "Shenzhen", "Guangzhou", "Chaozhou", "Ningbo"];

/**
 * The text of a file of the workspace.
 * @param {{ orders?: number, weeks?: number, today?: Date }} [shop] how many orders, over how many weeks up to which day
 */
export function shopOfOrders({ orders: count = 2_000, weeks = 30, today = new Date() } = {}) {
  let state = 7;
  const random = (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 4294967296) * limit);
  };
  const now = Math.floor(today.getTime() / HOUR) * HOUR;
  const midnight = Math.floor(now / DAY) * DAY;
  const monday = midnight - ((today.getUTCDay() + 6) % 7) * DAY;
  const instant = (time) => new Date(time).toISOString().replace(".000Z", "Z");
  const dayOf = (time) => instant(time).slice(0, 10);
  const cents = (value) => `${value < 0 ? "-" : ""}${Math.floor(Math.abs(value) / 100)}.${String(Math.abs(value) % 100).padStart(2, "0")}`;
  const id = (kind, number) => `${kind.repeat(8)}-0000-4000-8000-${number.toString(16).padStart(12, "0")}`;

  const data = { policies: [], suppliers: [], skus: [], orders: [], receipts: [], disputes: [], escalations: [], decisions: [], runs: [] };
  const LISTS = { policy: "policies" };
  const put = (kind, key, at, said) => {
    const list = data[LISTS[kind] ?? `${kind}s`];
    list.push({ kind, id: key, heads: [{ counter: 1, device: "0a1b2c3d", at: instant(at), data: said }] });
  };

  const begin = monday - (weeks - 1) * 7 * DAY;
  put("policy", id("a", 1), begin - 30 * DAY, { version: 1, effectiveFrom: dayOf(begin - 30 * DAY), homeCurrency: "USD", timeZone: "Europe/Berlin" });

  const suppliers = Array.from({ length: 24 }, (_, index) => {
    const supplier = { id: id("b", index + 1), name: `${PLACES[index % 5]} ${["Sunrise", "Golden Bridge", "Lucky Star", "Evergreen", "Bright Sea"][(index * 3) % 5]} ${index + 1}` };
    const status = index === 23 ? "new" : "whitelisted";
    const approved = { from: "new", status: "whitelisted", by: "Owner", at: instant(begin - 20 * DAY), reason: "sample and brief" };
    put("supplier", supplier.id, begin - 20 * DAY, { name: supplier.name, status, ...(status === "new" ? {} : { approvals: [approved] }) });
    return supplier;
  });
  const articles = Array.from({ length: 60 }, (_, index) => {
    const [code, title, price, quantity] = GOODS[index % GOODS.length];
    const article = {
      id: id("c", index + 1),
      code: `${code}-${String(index + 1).padStart(2, "0")}`,
      title,
      price: price + (index % 7) * 15,
      quantity,
      supplier: suppliers[index % 24],
    };
    put("sku", article.id, begin, { sku: article.code, title, sources: [{ supplierId: article.supplier.id, unitPriceCny: cents(article.price) }] });
    return article;
  });

  const finding = (rule, outcome, rest = {}) => ({ rule, outcome, ...rest });
  const staffOf = (number, at) => {
    if (at > now - 12 * DAY && number % 9 === 0) return "Ben Okafor";
    if (at > now - 40 * DAY && number % 7 === 0) return "Mei Chen";
    return STAFF[number % 3];
  };

  let escalations = 0;
  const spread = now - begin;
  for (let number = 1; number <= count; number += 1) {
    const at = Math.min(begin + Math.floor((spread * number) / (count + 1)) + random(6) * HOUR, now - HOUR);
    const first = articles[random(60)];
    const lines = Array.from({ length: 1 + (random(3) === 0 ? 1 : 0) }, (_, index) => (index === 0 ? first : articles[(articles.indexOf(first) + 24) % 60]));
    const key = id("d", number);
    const isRecent = at > now - 24 * DAY;
    // Yuan for a hundred dollars, and how dear freight is: both drift.
    const rate = 712 - Math.round((14 * (at - begin)) / spread);
    const freight = 100 + (at > now - 20 * DAY ? 9 : 0) + random(4);
    const isDear = isRecent && first.code === "LAMP-02";
    const rows = lines.map((article) => {
      const unit = Math.round(article.price * (isDear ? 1.26 : 1 + random(5) / 100));
      const quantity = (article.quantity * 2 + random(article.quantity * 3)) * (random(8) === 0 ? 3 : 1);
      const goods = Math.round((unit * quantity * 100) / rate);
      const of = (permille) => Math.round((goods * permille) / 1000);
      const parts = {
        goods,
        domesticShipping: of(22),
        packaging: of(8),
        inspection: of(10),
        agentFee: of(50),
        paymentFee: of(11),
        internationalShipping: Math.round((of(210) * freight) / 100),
        insurance: of(4),
        importDuty: of(65),
        destination: of(35),
        defects: of(12),
      };
      return { article, unit, quantity, parts };
    });
    const components = {};
    for (const { parts } of rows) for (const [name, value] of Object.entries(parts)) components[name] = (components[name] ?? 0) + value;
    const total = Object.values(components).reduce((sum, value) => sum + value, 0);
    const amounts = (parts) => Object.fromEntries(Object.entries(parts).map(([name, value]) => [name, cents(value)]));
    const staff = staffOf(number, at);
    const stops = total > 80_000;
    const misses = staff === "Mei Chen" && number % 35 === 0;
    const value = finding("order-value", stops ? "hardStop" : "pass", {
      observed: cents(total),
      limit: "800",
      because: { basis: "landedCost", counted: "landedCost" },
    });
    const findings = [
      value,
      finding("supplier-whitelist", "pass", { observed: "whitelisted", limit: "whitelisted", because: { supplierId: first.supplier.id } }),
      finding("cost-calculated", "pass", { observed: cents(total), limit: cents(components.goods) }),
      misses ? finding("order-record", "missing", { because: { missing: "priceScreenshot" } }) : finding("order-record", "pass"),
    ];
    const name = `PO-${new Date(at).getUTCFullYear()}-${String(number).padStart(4, "0")}`;
    const goodsCny = rows.reduce((sum, row) => sum + row.unit * row.quantity, 0);
    const expected = at + (16 + random(5)) * DAY;
    const delay = [-2, -1, 0, 0, 1, 1, 2, 3, 4, isRecent ? 9 : 5][random(10)];
    const arrived = expected + delay * DAY;
    const hasArrived = arrived < now - 2 * HOUR;
    put("order", key, at, {
      number: name,
      supplierId: first.supplier.id,
      supplierName: first.supplier.name,
      stage: hasArrived ? "delivered" : at > now - 3 * DAY ? "placed" : "shipped",
      createdAt: instant(at),
      expectedDelivery: dayOf(expected),
      goodsCny: cents(goodsCny),
      freightCny: cents(1500),
      lines: rows.map(({ article, unit, quantity, parts }) => ({
        skuId: article.id,
        itemCode: article.code,
        title: article.title,
        unitPriceCny: cents(unit),
        quantity: String(quantity),
        landed: amounts(parts),
      })),
      exchangeRate: { cnyPerUnit: cents(rate), asOf: dayOf(at) },
      staff,
      productLink: "https://detail.1688.com/offer/600000000001.html",
      priceScreenshot: `${name}.png`,
      specification: { colour: true, size: true, quantity: true, packaging: true },
      landedCost: { currency: "USD", total: cents(total), components: amounts(components) },
      findings,
      policyVersion: 1,
    });
    if (stops) {
      escalations += 1;
      put("decision", id("e", number), at + HOUR, {
        orderId: key,
        rule: "order-value",
        finding: value,
        outcome: "approve",
        by: "Owner",
        reason: "a season’s stock",
        at: instant(at + HOUR),
      });
      put("escalation", id("f", escalations), at, {
        subject: `${name} ${first.supplier.name}`,
        orderId: key,
        supplierId: first.supplier.id,
        rule: "order-value",
        raisedAt: instant(at),
        raisedBy: staff,
        resolvedAt: instant(at + HOUR),
        resolvedBy: "Owner",
        resolution: "approve a season’s stock",
      });
    }
    if (!hasArrived) continue;
    // The last batches of one supplier are bad, those of another by turns.
    const [turn, isBadSupplier] = [number % 2 === 0, first.supplier === suppliers[1] && arrived >= monday - 7 * DAY];
    const isBad = isBadSupplier || (first.supplier === suppliers[4] && isRecent && turn) || random(60) === 0;
    const lots = rows.map(({ article, quantity }) => {
      const inspected = Math.max(3, Math.ceil(quantity / 10));
      const defective = isBad ? Math.max(1, Math.round(inspected / 5)) : random(18) === 0 ? 1 : 0;
      return {
        skuId: article.id,
        sku: article.code,
        ordered: String(quantity),
        received: String(quantity),
        inspected,
        found: { defective },
        defects: defective > 0 ? [{ class: "defective", kind: "scratches", count: defective }] : [],
        passed: !isBad,
      };
    });
    put("receipt", id("9", number), arrived, {
      orderId: key,
      arrivedAt: instant(arrived),
      cartonsOrdered: 4,
      cartonsCounted: 4,
      lots,
      staff,
      step: "variance",
      result: isBad ? "hold" : "accept",
      finishedAt: instant(arrived + HOUR),
      ...(isBad ? { varianceLoggedAt: instant(arrived + HOUR), supplierContactedAt: instant(arrived + (staff === "Mei Chen" ? 9 : 3) * HOUR) } : {}),
    });
    if (isBad && number % 3 === 0) {
      put("dispute", id("8", number), arrived + 2 * HOUR, {
        orderId: key,
        receiptId: id("9", number),
        supplierId: first.supplier.id,
        reason: "defects",
        openedAt: instant(arrived + 2 * HOUR),
        state: arrived > now - 7 * DAY ? "told" : "closed",
        ...(arrived > now - 7 * DAY ? {} : { closedAt: instant(arrived + 5 * DAY), refundedCny: "120.00", resolution: "refund" }),
      });
    }
  }
  put("run", id("7", 1), now - 10 * DAY, { staff: "Ben Okafor", startedAt: instant(now - 10 * DAY) });
  put("run", id("7", 2), now - 38 * DAY, { staff: "Mei Chen", startedAt: instant(now - 38 * DAY) });
  return JSON.stringify({ format: "landfall/workspace", version: 1, savedAt: instant(now), app: "landfall", data });
}
