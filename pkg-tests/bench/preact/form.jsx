// The fields of the form. Each is named by its path; the page has one listener for all of them.

import { at } from "./order.js";

export const NONE = [];

const pathOf = (place, name) => (place === "" ? name : `${place}.${name}`);

/** The fields of one object of the order. */
export function fieldsOf({ place, tree, faults = NONE, given = {} }) {
  const text = (name, label, unit = "", kind = "") => {
    const path = pathOf(place, name);
    const typed = at(tree, name) ?? "";
    const isWrong = faults.includes(path);
    return (
      <div class={`field ${kind} figure`}>
        <label for={path}>
          {label}
          {unit !== "" && <span class="hidden">{` (${unit})`}</span>}
        </label>
        <div class="box">
          <input id={path} name={path} value={typed} placeholder={given[name] ?? ""} inputmode="decimal" autocomplete="off"
            spellcheck={false} enterkeyhint="next" aria-invalid={isWrong ? "true" : undefined} />
          {unit !== "" && <span class="unit" aria-hidden="true">{unit}</span>}
        </div>
        {isWrong && <p class="fault">A number is needed here.</p>}
        {typed !== "" && given[name] !== undefined && (
          <p class="note">
            instead of {given[name]} <Link path={path} action="reset">Take back</Link>
          </p>
        )}
      </div>
    );
  };
  const choice = (name, label, options, none) => {
    const path = pathOf(place, name);
    const chosen = at(tree, name) ?? "";
    return (
      <div class="field">
        <label for={path}>{label}</label>
        <select id={path} name={path} value={String(chosen)}>
          {none !== undefined && <option value="">{none}</option>}
          {options.map(([key, called]) => <option key={key} value={key}>{called}</option>)}
        </select>
      </div>
    );
  };
  const tick = (name, label, isTicked) => (
    <label class="tick">
      <input type="checkbox" name={pathOf(place, name)} checked={isTicked} />
      <span>{label}</span>
    </label>
  );
  return { text, choice, tick };
}

export function Sign({ path, action, sign, name }) {
  return <button type="button" class="sign" name={path} value={action} aria-label={name} title={name}>{sign}</button>;
}

export function Link({ path, action, children }) {
  return <button type="button" class="link" name={path} value={action}>{children}</button>;
}

/** What moves, doubles and removes a row. */
export function Tools({ path }) {
  return (
    <>
      <Sign path={path} action="up" sign="↑" name="Move up" />
      <Sign path={path} action="down" sign="↓" name="Move down" />
      <Sign path={path} action="copy" sign="⧉" name="Duplicate" />
      <Sign path={path} action="remove" sign="✕" name="Remove" />
    </>
  );
}
