// The answer: the same figures in the same rows as Landfall's.

import { useState } from "preact/hooks";
import { memo } from "./memo.js";

const FIRST = 25;

/** A figure with its digits in groups. */
const number = (text) => {
  const [whole, fraction] = String(text).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
};
const trimmed = (text) => number(text.includes(".") ? text.replace(/\.?0+$/, "") : text);

const GROUPS = [
  ["goods", "Goods", ["goods"]],
  ["origin", "In China", ["domesticShipping", "packaging", "inspection", "agentFee", "paymentFee"]],
  ["freight", "Freight and insurance", ["internationalShipping", "insurance"]],
  ["border", "Duty and VAT", ["importDuty", "vat"]],
  ["arrival", "On arrival", ["destination"]],
  ["defect", "Defects", ["defects"]],
];

export const COMPONENTS = {
  goods: "Goods",
  domesticShipping: "Domestic shipping",
  packaging: "Packaging",
  inspection: "Inspection",
  agentFee: "Agent fee",
  paymentFee: "Payment fee",
  internationalShipping: "International shipping",
  insurance: "Insurance",
  importDuty: "Import duty",
  vat: "VAT",
  destination: "Destination charges",
  defects: "Defects",
};

const PAYEES = { supplier: "Supplier", agent: "Agent", forwarder: "Forwarder", customs: "Customs", arrival: "On arrival" };

export const chargeName = ({ label, component }) => label ?? COMPONENTS[component];

/** An amount; Landfall's opens its working. */
const Amount = memo(({ name, value, beside, dot }) => (
  <details class="amount">
    <summary>
      {dot && <span class={`dot ${dot}`} />}
      <span class="name">{name}</span>
      {beside && <span class="beside">{beside}</span>}
      <span class="value">{value}</span>
    </summary>
  </details>
));

const Row = memo(({ name, value }) => (
  <div class="row">
    <span class="name">{name}</span>
    <span class="value">{value}</span>
  </div>
));

const multiple = ({ total, components: [goods] }) =>
  Number(goods.amount) === 0 ? null : <Row name="1688 price" value={`${(Number(total) / Number(goods.amount)).toFixed(1)}\u00a0×`} />;

const perUnit = (result) => (
  <div class="per-unit">
    <Amount name={`${result.homeCurrency} a good unit`} value={number(result.perUnit)} />
  </div>
);

export const Headline = memo(({ outcome: { result }, isOld }) => (
  <div class={isOld ? "headline old" : "headline"}>
    {perUnit(result)}
    {multiple(result)}
    <Amount name="Order total" value={number(result.total)} />
  </div>
));

function Composition({ result }) {
  const bars = [];
  const groups = [];
  let start = 0;
  for (const [kind, name, components] of GROUPS) {
    const parts = result.components.filter(({ component, amount }) => components.includes(component) && Number(amount) !== 0);
    if (parts.length === 0) continue;
    const width = parts.reduce((sum, { percentOfTotal }) => sum + Number(percentOfTotal), 0);
    bars.push(<rect key={kind} class={kind} x={start.toFixed(2)} y="0" width={width.toFixed(2)} height="10" />);
    start += width;
    const share = `${width.toFixed(1)}\u00a0%`;
    const isOne = parts.length === 1;
    const rows = parts.map(({ component, amount, perUnit }) => (
      <Amount key={component} name={COMPONENTS[component]} value={number(amount)} dot={isOne ? kind : undefined}
        beside={isOne ? share : `${number(perUnit)} a unit`} />
    ));
    if (isOne) {
      groups.push(...rows);
      continue;
    }
    const sum = parts.reduce((sum, { amount }) => sum + Number(amount), 0);
    groups.push(
      <details key={kind} class="group">
        <summary>
          <span class={`dot ${kind}`} />
          <span class="name">{name}</span>
          <span class="beside">{share}</span>
          <span class="value">{number(sum.toFixed(2))}</span>
        </summary>
        {rows}
      </details>,
    );
  }
  const { chargeableKg, grossKg } = result.shipment;
  return (
    <section>
      <h2 class="hidden">What it is made of</h2>
      <svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">{bars}</svg>
      <div class="rows">
        {groups}
        {chargeableKg !== null && (
          <Amount name="Chargeable weight" value={`${trimmed(chargeableKg)}\u00a0kg`} beside={`${trimmed(grossKg)}\u00a0kg gross`} />
        )}
      </div>
    </section>
  );
}

const Sku = memo(({ sku, quantity, perUnit, total }) => {
  const [isOpen, setOpen] = useState(false);
  return (
    <tr class="line" onClick={() => setOpen(!isOpen)}>
      <th scope="row">
        <button type="button" aria-expanded={String(isOpen)}>{sku}</button>
      </th>
      <td>{number(quantity)}</td>
      <td class="opens">{number(perUnit)}</td>
      <td class="opens">{number(total)}</td>
    </tr>
  );
});

function Skus({ lines }) {
  const [isAll, setAll] = useState(false);
  const shown = isAll ? lines : lines.slice(0, FIRST);
  return (
    <section>
      <h2>By SKU</h2>
      <table class="skus">
        <thead>
          <tr>{["SKU", "Quantity", "Per unit", "Total"].map((name) => <th key={name} scope="col">{name}</th>)}</tr>
        </thead>
        <tbody>
          {shown.map(({ sku, quantity, perUnit, total }, index) => (
            <Sku key={index} sku={sku} quantity={quantity} perUnit={perUnit} total={total} />
          ))}
        </tbody>
      </table>
      {lines.length > FIRST && (
        <button type="button" class="plain" onClick={() => setAll(!isAll)}>
          {isAll ? `Show the first ${FIRST}` : `Show all ${number(lines.length)}`}
        </button>
      )}
    </section>
  );
}

const Folded = ({ title, children }) => (
  <details class="folded">
    <summary>
      <h2>{title}</h2>
    </summary>
    <div class="rows">{children}</div>
  </details>
);

export const Answer = memo(({ outcome: { result, price }, isOld, margin, announced }) => {
  const { shipment, customs, cash } = result;
  return (
    <div class={isOld ? "answer old" : "answer"}>
      <p class="hidden" role="status">{announced}</p>
      {isOld && <p class="stale">Last complete result</p>}
      <div class="summary">
        {perUnit(result)}
        <div class="figures">
          {multiple(result)}
          <Amount name="Order total" value={number(result.total)} />
          <Amount name="Cash to pay" value={number(cash.total)} />
        </div>
      </div>
      <Composition result={result} />
      {price !== null && (
        <section>
          <h2>Selling price</h2>
          <div class="figures">
            <Row name="Break-even" value={number(price.breakEven)} />
            <Row name={`${margin ?? 0}\u00a0% margin`} value={number(price.target)} />
            <Row name="Profit a unit" value={number(price.profitPerUnitAtTarget)} />
          </div>
        </section>
      )}
      <section>
        <h2>Who is paid</h2>
        <div class="rows">
          {Object.entries(PAYEES)
            .filter(([payee]) => Number(cash[payee]) !== 0)
            .map(([payee, name]) => <Amount key={payee} name={name} value={number(cash[payee])} />)}
        </div>
      </section>
      <Skus lines={result.lines} />
      <Folded title="Charges">
        {result.charges.map((charge, index) => <Amount key={index} name={chargeName(charge)} value={number(charge.amount)} />)}
      </Folded>
      <Folded title="Shipment and customs">
        <Row name="Cartons" value={number(shipment.cartons)} />
        <Row name="Gross weight" value={`${trimmed(shipment.grossKg)}\u00a0kg`} />
        <Row name="Volume" value={`${trimmed(shipment.volumeCbm)}\u00a0m³`} />
        <Row name="Customs basis" value={customs.basis ?? "none"} />
        <Amount name="Customs value" value={number(customs.value)} />
        <Amount name="Duty" value={number(customs.duty)} />
      </Folded>
    </div>
  );
});
