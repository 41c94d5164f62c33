// The peer of Landfall's page: the same form and the same answer in Preact, computed by decimal.js. An order of
// which something is changed shares everything else with the one before, and what is the same is not drawn again.
// What it leaves out: workings, warnings, links, printing, saved orders, the second language.

import { render } from "preact";
import { useEffect, useMemo, useReducer, useState } from "preact/hooks";
import { Answer, COMPONENTS, chargeName, Headline } from "./answer.jsx";
import { fieldsOf, Link, NONE, Tools } from "./form.jsx";
import { memo } from "./memo.js";
import { answer, at, orderOf, put } from "./order.js";

// Put here by the bundler: the order of a first visit, the names of the destinations, and what is known of one.
/* global EXAMPLE, PLACES, FACTS */

const KEY = "peer.draft";
const SETTLED = 1_000;

const CHARGES = Object.entries(COMPONENTS).filter(([key]) => !["goods", "importDuty", "vat", "defects"].includes(key));
const RATES = ["flat", "percentOf", "tieredPercentOf", "perUnit", "perCarton", "perKg", "perCbm", "perChargeableKg"].map((key) => [key, key]);
const KEYS = ["value", "weight", "volume", "units", "chargeable"].map((key) => [key, key]);
const MODES = ["express", "air", "sea", "rail", "road"].map((key) => [key, key]);

const LISTED = {
  "customs.dutiableComponents": ["domesticShipping", "packaging"],
  "customs.taxableComponents": ["internationalShipping", "insurance"],
};

function opened() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? EXAMPLE;
  } catch {
    return EXAMPLE;
  }
}

function reduce(state, event) {
  if (event.stored === state.order) return { ...state, isUnsaved: false };
  const order = event.stored === undefined ? changed(state.order, event) : state.order;
  if (order === state.order) return state;
  const { faults, outcome } = answer(order);
  return { order, faults: faults.length === 0 ? NONE : faults, outcome: outcome ?? state.outcome, isUnsaved: true };
}

function changed(order, { path, value, action }) {
  if (action === undefined || action === "reset") {
    const text = value === "" || action === "reset" ? undefined : value;
    const inHead = !/^(lines|charges|selling)\b/.test(path);
    const [, list, ticked] = /^(customs\.(?:dutiable|taxable)Components)\.(\w+)$/.exec(path) ?? [];
    if (list !== undefined) {
      const others = (at(order.head, list) ?? LISTED[list]).filter((name) => name !== ticked);
      return put(order, `head.${list}`, value === true ? [...others, ticked] : others);
    }
    if (path === "name" || path === "destination" || path === "entryDate") return { ...order, [path]: value };
    return put(order, inHead ? `head.${path}` : path, text);
  }
  const [, list, index] = /^(lines|charges)(?:\[(\d+)\])?$/.exec(path) ?? [];
  if (list === undefined) return order;
  const rows = order[list];
  const row = Number(index);
  switch (action) {
    case "add":
      return { ...order, [list]: [...rows, list === "lines" ? {} : { component: "destination", rate: { type: "flat" } }] };
    case "remove":
      return { ...order, [list]: rows.toSpliced(row, 1) };
    case "copy":
      return { ...order, [list]: rows.toSpliced(row, 0, structuredClone(rows[row])) };
    case "up":
      return row === 0 ? order : { ...order, [list]: rows.with(row - 1, rows[row]).with(row, rows[row - 1]) };
    case "down":
      return row + 1 === rows.length ? order : { ...order, [list]: rows.with(row + 1, rows[row]).with(row, rows[row + 1]) };
    default:
      return order;
  }
}

function Page() {
  const [{ order, faults, outcome, isUnsaved }, dispatch] = useReducer(reduce, null, () => {
    const order = orderOf(opened());
    return { order, ...answer(order), isUnsaved: false };
  });
  useEffect(() => {
    if (!isUnsaved) return undefined;
    const timer = setTimeout(() => {
      const { head, lines, charges, ...others } = order;
      localStorage.setItem(KEY, JSON.stringify({ ...others, request: { ...head, lines, charges } }));
      dispatch({ stored: order });
    }, SETTLED);
    return () => clearTimeout(timer);
  }, [order, isUnsaved]);
  const listeners = useMemo(() => {
    const typed = ({ target: { name, type, value, checked } }) => {
      if (name !== "" && type !== "button") dispatch({ path: name, value: type === "checkbox" ? checked || "" : value });
    };
    const pressed = ({ target }) => {
      const button = target.closest("button[name]");
      if (button !== null) dispatch({ path: button.name, action: button.value });
    };
    return { onInput: typed, onClick: pressed };
  }, []);
  const isOld = faults.length > 0;
  return (
    <div class="shell" {...listeners}>
      <header class="side no-print">
        <p class="brand">Landed cost</p>
        <nav aria-label="Pages">
          <a href="#/cost" aria-current="page">Landed cost</a>
          <a href="#/saved">Saved</a>
        </nav>
        <div class="settings">
          <p class="quiet kept">{isUnsaved ? "Saving …" : "Saved on this device"}</p>
          <select name="theme" aria-label="Colours">
            <option>Auto</option>
            <option>Light</option>
            <option>Dark</option>
          </select>
          <span class="languages">
            <button type="button" name="language" value="en">English</button>
            <button type="button" name="language" value="zh-CN">简体中文</button>
          </span>
        </div>
      </header>
      <main class="page no-print" id="main">
        <div class="head">
          <h1 class="hidden">Landed cost</h1>
          <input class="title" name="name" value={order.name} aria-label="Name of the order" autocomplete="off" />
          <div class="actions">
            {["Save", "Share", "Export", "Print", "New order"].map((name) => <Link key={name} path="order" action={name}>{name}</Link>)}
          </div>
        </div>
        <div class="columns">
          <form class="order" autocomplete="off" aria-label="The order" onSubmit={(event) => event.preventDefault()}>
            {isOld && (
              <div class="notice stop" role="status">
                <h2>To be corrected</h2>
                <ul>{faults.slice(0, 8).map((path) => <li key={path}>{path}</li>)}</ul>
              </div>
            )}
            <Head destination={order.destination} head={order.head} entryDate={order.entryDate} faults={faults} />
            <Lines lines={order.lines} head={order.head} faults={faults} />
            <Charges charges={order.charges} outcome={outcome} faults={faults} />
            <Customs head={order.head} faults={faults} />
            <Selling selling={order.selling} home={order.head.homeCurrency} faults={faults} />
          </form>
          <section class="result" aria-label="Result">
            {outcome === undefined ? (
              <p class="quiet waiting">The cost stands here as soon as price, quantity and exchange rate are known.</p>
            ) : (
              <>
                <Headline outcome={outcome} isOld={isOld} />
                <Answer outcome={outcome} isOld={isOld} margin={order.selling.targetMarginPercent}
                  announced={isUnsaved ? "" : `${outcome.result.perUnit} ${outcome.result.homeCurrency} a good unit`} />
              </>
            )}
          </section>
        </div>
      </main>
    </div>
  );
}

const Head = memo(({ destination, head, entryDate, faults }) => {
  const page = fieldsOf({ place: "", tree: { destination, entryDate } });
  const { text, choice, tick } = fieldsOf({ place: "", tree: head, faults });
  return (
    <section class="part head-fields" aria-label="Order">
      <div class="cells">
        {page.choice("destination", "Destination", PLACES, "choose, or fill in yourself")}
        {text("homeCurrency", "Your currency")}
        {text("exchangeRate.cnyPerUnit", "Exchange rate", `CNY per ${head.homeCurrency}`)}
        {text("exchangeRate.spreadPercent", "Bank’s spread", "%")}
        {choice("shipment.mode", "Mode", MODES, "not decided")}
      </div>
      <p class="quiet facts">Rate of {at(head, "exchangeRate.asOf")}.</p>
      <details class="fold">
        <summary>Dates, other currencies, duties in the freight</summary>
        <div class="cells">
          {page.text("entryDate", "Day of entry")}
          {text("exchangeRate.asOf", "Date of the rate")}
          {text("exchangeRate.others.EUR", "1 USD buys", "EUR")}
        </div>
        {tick("shipment.dutiesIncluded", "The freight contains duty and tax (DDP)", at(head, "shipment.dutiesIncluded") === true)}
      </details>
    </section>
  );
});

const Lines = memo(({ lines, head, faults }) => {
  const { customs } = head;
  const given = useMemo(
    () => ({ dutyPercent: customs?.dutyPercent ?? "0", vatPercent: customs?.vatPercent ?? "0", defectPercent: "0" }),
    [customs],
  );
  return (
    <section class="part" aria-labelledby="goods">
      <h2 id="goods">What you buy</h2>
      <ol class="lines">
        {lines.map((line, index) => {
          const place = `lines[${index}]`;
          const inner = faults === NONE ? NONE : faults.filter((path) => path.startsWith(place));
          return <Line key={index} index={index} line={line} given={given} faults={inner.length === 0 ? NONE : inner} />;
        })}
      </ol>
      <p class="actions">
        <Link path="lines" action="add">Add a line</Link>
        <Link path="pasted" action="open">Paste from a spreadsheet</Link>
      </p>
    </section>
  );
});

const Line = memo(({ index, line, given, faults }) => {
  const [isOpen, setOpen] = useState(false);
  const place = `lines[${index}]`;
  const { text } = fieldsOf({ place, tree: line, faults, given });
  return (
    <li class="line" aria-label={`Line ${index + 1}: ${line.sku ?? ""}`}>
      <div class="cells">
        {text("sku", "SKU", "", "wide")}
        {text("unitPriceCny", "1688 price", "¥")}
        {text("quantity", "Quantity")}
        {text("unitWeightKg", "Weight each", "kg")}
        {text("dutyPercent", "Duty", "%")}
        {text("defectPercent", "Defects", "%")}
      </div>
      <div class="below">
        <button type="button" class="more" aria-expanded={String(isOpen)} onClick={() => setOpen(!isOpen)}>{folded(line)}</button>
        <span class="tools">
          <Tools path={place} />
        </span>
      </div>
      {isOpen && (
        <div class="details">
          <div class="cells">
            {text("description", "Description", "", "wide")}
            {text("order", "Order (where several ship together)")}
          </div>
          <div class="cells">
            {text("carton.units", "Units a carton")}
            {text("carton.lengthCm", "Length", "cm")}
            {text("carton.widthCm", "Width", "cm")}
            {text("carton.heightCm", "Height", "cm")}
            {text("carton.grossKg", "Carton gross", "kg")}
          </div>
          <div class="cells">
            {text("additionalDutyPercent", "Extra duty", "%")}
            {text("vatPercent", "VAT", "%")}
            {text("dutyPerUnit", "Duty per unit")}
            {text("dutyPerKg", "Duty per kg")}
          </div>
        </div>
      )}
    </li>
  );
});

/** What is folded away, in a sentence. */
function folded({ description, order, carton, additionalDutyPercent }) {
  const parts = [description, order];
  if (carton === undefined) parts.push("no carton: freight by weight only");
  else parts.push(`${carton.units} a carton, ${carton.lengthCm} × ${carton.widthCm} × ${carton.heightCm} cm`, carton.grossKg && `${carton.grossKg} kg`);
  if (additionalDutyPercent !== undefined) parts.push(`extra duty ${additionalDutyPercent} %`);
  return parts.filter((part) => part !== undefined).join(" · ");
}

const Charges = memo(({ charges, outcome, faults }) => {
  const costs = [...(outcome?.result.charges ?? [])];
  return (
    <section class="part" aria-labelledby="charges">
      <h2 id="charges">What it costs to get here</h2>
      <ul class="charges">
        {charges.map((charge, index) => {
          const place = `charges[${index}]`;
          const found = costs.findIndex(({ component, label }) => component === charge.component && label === (charge.label ?? null));
          const [cost] = found < 0 ? [] : costs.splice(found, 1);
          const inner = faults === NONE ? NONE : faults.filter((path) => path.startsWith(place));
          return <Charge key={index} index={index} charge={charge} amount={cost?.amount ?? "—"} faults={inner.length === 0 ? NONE : inner} />;
        })}
      </ul>
      <p class="actions" role="group" aria-label="Add a charge">
        <span class="quiet">Add:</span>
        {CHARGES.map(([key, name]) => <Link key={key} path="charges" action="add">{name}</Link>)}
      </p>
      <p class="actions">
        <Link path="schedule" action="save">Keep these charges as a fee schedule</Link>
      </p>
    </section>
  );
});

const Charge = memo(({ index, charge, amount, faults }) => {
  const [isOpen, setOpen] = useState(false);
  const place = `charges[${index}]`;
  const { text, choice } = fieldsOf({ place, tree: charge, faults });
  return (
    <li class="charge">
      <button type="button" class="row" aria-expanded={String(isOpen)} onClick={() => setOpen(!isOpen)}>
        <span class="name">{chargeName(charge)}</span>
        <span class="quiet sentence">{sentence(charge)}</span>
        <span class="sum">{amount}</span>
      </button>
      {isOpen && (
        <div class="details">
          <div class="cells">
            {choice("component", "Kind", CHARGES)}
            {text("label", "Name", "", "wide")}
            {choice("rate.type", "Charged", RATES)}
            {charge.rate.type === "percentOf" ? text("rate.percent", "Percent", "%") : text("rate.amount", "Amount")}
            {choice("currency", "Currency", [["CNY", "CNY"]], "home currency")}
          </div>
          <div class="cells">
            {text("minimum", "At least")}
            {text("maximum", "At most")}
            {choice("allocateBy", "Shared among SKUs by", KEYS, "as usual")}
          </div>
          <p class="tools">
            <Tools path={place} />
          </p>
        </div>
      )}
    </li>
  );
});

function sentence({ rate, currency, minimum, maximum, when }) {
  const parts = [rate.percent === undefined ? `${rate.amount} ${currency ?? ""} ${rate.type}` : `${rate.percent} % of ${rate.base}`];
  if (minimum !== undefined) parts.push(`at least ${minimum}`);
  if (maximum !== undefined) parts.push(`at most ${maximum}`);
  if (when !== undefined) parts.push("on a condition");
  return parts.join(", ");
}

const Customs = memo(({ head, faults }) => {
  const { text, choice, tick } = fieldsOf({ place: "", tree: head, faults });
  const ticks = (name, legend, keys) => {
    const ticked = at(head, name) ?? LISTED[name];
    return (
      <fieldset class="ticks">
        <legend>{legend}</legend>
        {keys.map(([key, called]) => tick(`${name}.${key}`, called, ticked.includes(key)))}
      </fieldset>
    );
  };
  return (
    <section class="part" aria-labelledby="customs">
      <h2 id="customs">Customs</h2>
      <details class="fold">
        <summary>{`${head.customs?.basis ?? "fob"} value, duty ${head.customs?.dutyPercent ?? 0} %, VAT ${head.customs?.vatPercent ?? 0} %`}</summary>
        <div class="cells">
          {choice("customs.basis", "Customs value", [["fob", "FOB"], ["cif", "CIF"]])}
          {text("customs.dutyPercent", "Duty", "%")}
          {text("customs.additionalDutyPercent", "Extra duty", "%")}
          {text("customs.vatPercent", "VAT or GST", "%")}
        </div>
        {tick("customs.vatRecoverable", "I recover this VAT: it is cash, not cost", head.customs?.vatRecoverable === true)}
        <div class="cells">
          {text("customs.cnyPerUnit", "Rate customs uses", "CNY")}
          {text("customs.vatUpliftPercent", "Uplift of the VAT base", "%")}
          {text("customs.deMinimis.dutyUpTo", "No duty up to")}
          {text("customs.deMinimis.vatUpTo", "No VAT up to")}
          {choice("customs.deMinimis.against", "measured by", [["customsValue", "the whole customs value"]], "the goods’ value")}
        </div>
        {ticks("customs.dutiableComponents", "In the customs value, beside the goods", CHARGES.slice(0, -1))}
        {ticks("customs.taxableComponents", "In the VAT base, beside customs value and duty", CHARGES)}
      </details>
      <Facts />
    </section>
  );
});

const Facts = memo(() => (
  <details class="fold">
    <summary>{`${FACTS.length} facts`}</summary>
    <ul class="known">
      {FACTS.map(({ id, name, note, source, asOf }) => (
        <li key={id}>
          {name?.en} {note?.en}
          <span class="note">
            {` as of ${asOf}`}
            {source && <a href={source} target="_blank" rel="noopener noreferrer">source</a>}
          </span>
        </li>
      ))}
    </ul>
  </details>
));

const Selling = memo(({ selling, home, faults }) => {
  const { text } = fieldsOf({ place: "selling", tree: selling, faults });
  return (
    <section class="part" aria-labelledby="selling">
      <h2 id="selling">What selling it costs</h2>
      <div class="cells">
        {text("feePercent", "Platform and payment fees", "%")}
        {text("fixedPerOrder", "Fixed cost an order", home)}
        {text("targetMarginPercent", "Target margin", "%")}
      </div>
      <details class="fold">
        <summary>Advertising, returns, tax in the price: nothing unless filled in</summary>
        <div class="cells">
          {text("advertisingPercent", "Advertising", "%")}
          {text("taxInPricePercent", "Sales tax in the price", "%")}
          {text("returnPercent", "Returns", "%")}
          {text("resaleablePercent", "of which can be sold again", "%")}
          {text("returnHandling", "Handling a return", home)}
          {text("feeKeptOnRefundPercent", "Fees kept on a refund", "%")}
        </div>
      </details>
    </section>
  );
});

document.querySelector("main.start").remove();
render(<Page />, document.body);
