// A workspace with many orders, as a shop has them after years; the same each time.

/** The text of a file of the workspace with so many orders, each of some 570 bytes. */
export function manyOrders(count) {
  let state = 1;
  const random = (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state % limit;
  };
  const suppliers = Array.from({ length: 200 }, (_, index) => `深圳市第${index + 1}电子科技有限公司`);
  const goods = ["LED台灯 三档调光 USB-C", "磁吸手机壳 iPhone 16 透明", "食品级硅胶杯盖", "纯棉短袖T恤 男 黑色 L", "帆布鞋 白 42码"];
  const statuses = ["交易成功", "等待买家收货", "待发货", "交易关闭"];
  const hex = (value, length) => value.toString(16).padStart(length, "0");
  const orders = Array.from({ length: count }, (_, index) => {
    const quantity = 10 + random(490);
    const cents = 100 + random(9900);
    const goodsCents = cents * quantity;
    const freight = random(40) * 50;
    const yuan = (value) => `${Math.floor(value / 100)}.${String(value % 100).padStart(2, "0")}`;
    const day = `20${20 + random(7)}-${String(1 + random(12)).padStart(2, "0")}-${String(1 + random(28)).padStart(2, "0")}`;
    const at = `${day}T${String(random(24)).padStart(2, "0")}:${String(random(60)).padStart(2, "0")}:11Z`;
    return {
      kind: "order",
      id: `${hex(index, 8)}-0000-4000-8000-${hex(random(2 ** 31), 12)}`,
      heads: [
        {
          counter: 1,
          device: "0a1b2c3d",
          at,
          data: {
            source: { platform: "1688", orderId: `${1000000000 + index}${random(1000000000)}` },
            supplierName: suppliers[random(suppliers.length)],
            status: statuses[random(statuses.length)],
            createdAt: at,
            trackingNumber: `SF${1000000000 + random(1000000000)}`,
            goodsCny: yuan(goodsCents),
            freightCny: yuan(freight),
            adjustmentCny: "0.00",
            paidCny: yuan(goodsCents + freight),
            lines: [
              {
                itemCode: `ITEM-${random(5000)}`,
                title: goods[random(goods.length)],
                unitPriceCny: yuan(cents),
                quantity: String(quantity),
                unit: "个",
                offerId: `${600000000000 + random(1000000000)}`,
              },
            ],
          },
        },
      ],
    };
  });
  return JSON.stringify({ format: "landfall/workspace", version: 1, savedAt: "2026-11-22T00:00:00Z", app: "landfall", data: { orders } });
}
