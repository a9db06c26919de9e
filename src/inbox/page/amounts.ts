/**
 * Works out the amounts of money from the displayed arguments, so that a page that was altered on its way shows no other
 * amount. It shares no code with the server, like the digest.
 */
import { readShownArguments, type Json } from './digest.js';

/** Whether the page shows exactly the amounts of its arguments. */
export function hasOwnAmounts(root: ParentNode): boolean {
  const shown = Array.from(root.querySelectorAll('[data-amount]'), ({ textContent }) => textContent);
  const args = readShownArguments(root);
  const found = args === undefined ? [] : listAmounts(args);
  return JSON.stringify(shown) === JSON.stringify(found);
}

const MONEY = /^(amount|price|total|subtotal|cost|fee|sum|balance|salary)$/;
const OTHER = /^(count|tokens|pages|items|rows|bytes|percent|rate|seconds|id)$/;
const UNIT = /^(eur|usd|gbp|chf|cad|aud)$/;

export function listAmounts(args: Json): string[] {
  return listLevel([args], 4).slice(0, 3);
}

function listLevel(level: readonly Json[], depth: number): string[] {
  if (depth === 0) return [];
  const objects = level.filter((value) => typeof value === 'object' && value !== null);
  const found = objects.flatMap((value) => (Array.isArray(value) ? [] : readObject(Object.entries(value))));
  return [
    ...found,
    ...listLevel(
      objects.flatMap((value) => Object.values(value)),
      depth - 1,
    ),
  ];
}

function readObject(entries: readonly (readonly [string, Json])[]): string[] {
  const [stated = ''] = entries.flatMap(([name, value]) =>
    toWords(name).includes('currency') && typeof value === 'string' && /^[a-z]{3}$/i.test(value)
      ? [value]
      : [],
  );
  return entries.flatMap(([name, value]) => {
    const words = toWords(name);
    const cents = words.some((word) => /^(cents?|pence)$/.test(word));
    const unit = words.find((word) => UNIT.test(word)) ?? '';
    const isMoney =
      cents || unit !== '' || words.some((word) => MONEY.test(word)) || (stated !== '' && name === 'value');
    const digits = typeof value === 'number' || typeof value === 'string' ? String(value) : '';
    if (!isMoney || words.some((word) => OTHER.test(word))) return [];
    if (digits.length > 24 || !/^-?\d+(\.\d+)?$/.test(digits)) return [];
    const currency = (unit || stated).toUpperCase();
    return [`${toMoney(digits, cents)} ${currency}`.trim()];
  });
}

function toWords(name: string): string[] {
  return (
    name
      .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .match(/[a-z]+/g) ?? []
  );
}

function toMoney(digits: string, cents: boolean): string {
  const moved =
    cents && !digits.includes('.')
      ? digits.replace(/\d+/, (all) => all.padStart(3, '0').replace(/..$/, '.$&'))
      : digits;
  const [whole = '', part] = moved.split('.');
  const grouped = whole.replace(/\d(?=(\d{3})+$)/g, '$&,');
  return part === undefined ? grouped : `${grouped}.${part}`;
}
