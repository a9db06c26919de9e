/** Checks an orchestration's input and output against its declared schemas. */
import { createInputError, createOutputError } from '../../contracts/errors.js';
import { parseWith, type Schema } from '../../contracts/data/schema.js';
import { findUnreadable } from '../runtime/payload-converter.js';

/** The schemas that an orchestration declares. */
export interface Declared {
  readonly input?: Schema;
  readonly output?: Schema;
}

/** @throws {BatonError} `BAD_INPUT`, naming the workflow and the invalid part. */
export function parseDeclaredInput({ input: schema }: Declared, workflow: string, input: unknown): unknown {
  const why = findUnreadable(input);
  const parsed = why === undefined ? parseWith(schema, input) : { ok: false as const, problem: why };
  if (parsed.ok) return parsed.value;
  const what = why === undefined ? 'does not fit its schema' : 'cannot be read';
  throw createInputError(`The input of ${workflow} ${what}.\n${parsed.problem}`, { workflow });
}

/** @throws {BatonError} `OUTPUT_INVALID`, naming the workflow and the invalid part. */
export function parseDeclaredOutput(
  { output: schema }: Declared,
  workflow: string,
  output: unknown,
): unknown {
  const parsed = parseWith(schema, output);
  if (parsed.ok) return parsed.value;
  throw createOutputError(`The result of ${workflow} does not fit its schema.\n${parsed.problem}`, {
    workflow,
  });
}
