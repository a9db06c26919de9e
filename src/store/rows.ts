/** What statements give back, read as what it must be. */
import type Database from 'libsql';

export type Row = Readonly<Record<string, unknown>>;

export function rowOf(statement: Database.Statement, ...args: readonly (string | number)[]): Row | undefined {
  const row = statement.get(...args);
  return isRow(row) ? row : undefined;
}

export function rowsOf(statement: Database.Statement, ...args: readonly (string | number)[]): Row[] {
  return statement.all(...args).filter(isRow);
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null;
}

export function textIn(row: Row, column: string): string {
  return text(row[column]);
}

export function numberIn(row: Row, column: string): number {
  const value = row[column];
  if (typeof value === 'number') return value;
  throw new TypeError(`The store holds a ${typeof value} where a number was expected.`);
}

export function text(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new TypeError(`The store holds a ${typeof value} where text was expected.`);
}
