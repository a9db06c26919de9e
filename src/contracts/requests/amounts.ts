/**
 * The amounts of money among the arguments of an action. They are read from the arguments that the approval covers, never
 * from a text of the run.
 */
import { isJsonObject, type Json } from '../data/json.js';

export interface Amount {
  /** The argument's name, with its path, e.g. `order.cents`. */
  readonly name: string;
  /** E.g. `1,250.00 EUR`. */
  readonly text: string;
}

const MONEY = new Set('amount price total subtotal cost fee sum balance salary'.split(' '));
const HUNDREDTHS = new Set(['cents', 'cent', 'pence']);
const CURRENCIES = new Set('eur usd gbp chf cad aud'.split(' '));
/** With one of these words, the number counts something else. */
const NOT_MONEY = new Set('count tokens pages items rows bytes percent rate seconds id'.split(' '));
const AT_MOST = 3;
const DEPTH = 4;
const LONGEST = 24;

/** The first amounts; those at the top of the arguments come first. */
export function listAmounts(args: Json): Amount[] {
  const found: Amount[] = [];
  let level: (readonly [path: string, value: Json])[] = [['', args]];
  for (let depth = 0; depth < DEPTH && found.length < AT_MOST; depth += 1) {
    found.push(...level.flatMap(([path, value]) => (isJsonObject(value) ? readLevel(path, value) : [])));
    level = level.flatMap(([path, value]) =>
      typeof value === 'object' && value !== null
        ? Object.entries(value).map(([name, part]) => [`${path}${name}.`, part] as const)
        : [],
    );
  }
  return found.slice(0, AT_MOST);
}

function readLevel(path: string, values: { readonly [name: string]: Json }): Amount[] {
  const entries = Object.entries(values);
  const currency = entries.flatMap(([name, value]) =>
    splitWords(name).includes('currency') && isCurrency(value) ? value.toUpperCase() : [],
  )[0];
  return entries.flatMap(([name, value]) => {
    const words = splitWords(name);
    const own = words.find((word) => CURRENCIES.has(word))?.toUpperCase();
    const hundredths = words.some((word) => HUNDREDTHS.has(word));
    const byShape = currency !== undefined && name === 'value';
    const money = byShape || hundredths || own !== undefined || words.some((word) => MONEY.has(word));
    const digits = toDigits(value);
    if (!money || digits === undefined || words.some((word) => NOT_MONEY.has(word))) return [];
    const unit = own ?? currency;
    const text = `${formatAmount(digits, hundredths)}${unit === undefined ? '' : ` ${unit}`}`;
    return [{ name: `${path}${name}`, text }];
  });
}

/** `totalEurCents` → `total`, `eur`, `cents`. */
function splitWords(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/);
}

function isCurrency(value: Json): value is string {
  return typeof value === 'string' && /^[A-Za-z]{3}$/.test(value);
}

/** A decimal number as text, exactly as it is written. */
function toDigits(value: Json): string | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined;
  const text = String(value);
  return text.length <= LONGEST && /^-?\d+(\.\d+)?$/.test(text) ? text : undefined;
}

/** Only a name that says so makes a number hundredths: `amount: 500` stays 500, because the unit is unknown. */
function formatAmount(digits: string, hundredths: boolean): string {
  const sign = digits.startsWith('-') ? '-' : '';
  const [whole = '', part] = digits.slice(sign.length).split('.');
  const padded = whole.padStart(3, '0');
  const [units, rest] =
    hundredths && part === undefined ? [padded.slice(0, -2), padded.slice(-2)] : [whole, part];
  const grouped = units.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${sign}${grouped}${rest === undefined ? '' : `.${rest}`}`;
}
