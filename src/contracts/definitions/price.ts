/** The cost of model calls: exact, in whole micro-units (millionths) of one currency, never in floating point. */
import { type BatonError, createConfigError } from '../errors.js';
import type { Cost } from './cost.js';
import type { Usage } from '../handoff/messages.js';

/** Micro-units per million tokens: 0.25 USD is 250,000. */
export interface Price {
  readonly input: number;
  readonly output: number;
}

/** A price table. Every cost that it produces carries its version. */
export interface PriceTable {
  /** Change it with any price, e.g. `2026-11`. */
  readonly version: string;
  /** ISO 4217; default `USD`. */
  readonly currency?: string;
  /** By the provider's model names, e.g. `gpt-5-mini`. */
  readonly models: Readonly<Record<string, Price>>;
}

const MILLION = 1_000_000n;

/**
 * The cost of a call, rounded up to whole micro-units. Uses the price of the model that answered, else of the requested
 * model. An offline model costs nothing. Undefined if the table has no price.
 */
export function computeCost(
  table: PriceTable,
  { inputTokens, outputTokens }: Usage,
  model: { readonly names: readonly string[]; readonly offline: boolean },
): Cost | undefined {
  const price = model.offline ? FREE : findPrice(table, model.names);
  if (price === undefined) return undefined;
  const exact = BigInt(inputTokens) * BigInt(price.input) + BigInt(outputTokens) * BigInt(price.output);
  const amount = Number((exact + MILLION - 1n) / MILLION);
  return { amount, currency: table.currency ?? 'USD', prices: table.version };
}

const FREE: Price = { input: 0, output: 0 };

/** The price under the first of the names that has one. */
export function findPrice(table: PriceTable | undefined, names: readonly string[]): Price | undefined {
  const name = names.find((each) => table !== undefined && Object.hasOwn(table.models, each));
  return name === undefined ? undefined : table?.models[name];
}

/** Adds a cost to the sum for its price table version. Costs from different tables are never mixed. */
export function addCost(sums: readonly Cost[], cost: Cost): readonly Cost[] {
  const same = (sum: Cost): boolean => sum.prices === cost.prices && sum.currency === cost.currency;
  if (!sums.some(same)) return [...sums, cost];
  return sums.map((sum) => (same(sum) ? { ...sum, amount: sum.amount + cost.amount } : sum));
}

/** In units of the currency, down to the last significant micro-unit, e.g. `0.0123 USD`. */
export function formatCost({ amount, currency }: Cost): string {
  const digits = String(amount).padStart(7, '0');
  const parts = digits.slice(-6).replace(/0+$/, '').padEnd(2, '0');
  return `${digits.slice(0, -6)}.${parts} ${currency}`;
}

/**
 * Checks a price table.
 *
 * @throws {BatonError} `BAD_CONFIG`, naming what is wrong.
 */
export function assertPrices({ version, currency = 'USD', models }: PriceTable): void {
  const bad = (what: string): BatonError => createConfigError(`"prices" of the configuration: ${what}`);
  if (typeof version !== 'string' || version.trim() === '')
    throw bad('version must name the table, e.g. "2026-11".');
  if (!/^[A-Z]{3}$/.test(currency))
    throw bad(`currency is ${JSON.stringify(currency)}, and must be a code such as "USD".`);
  for (const [model, price] of Object.entries(models)) {
    for (const [side, value] of Object.entries({ input: price.input, output: price.output })) {
      if (Number.isSafeInteger(value) && value >= 0) continue;
      throw bad(
        `${side} of model ${model} is ${String(value)}, and must be a whole number of micro-units for a million tokens (0.25 ${currency} is 250000).`,
      );
    }
  }
}
