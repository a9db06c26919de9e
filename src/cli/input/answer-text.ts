/** An answer as a person writes it: plain text where text is asked for, JSON where it is not. */
import { isJsonObject, type Json } from '../../contracts/data/json.js';
import { readJson, readText } from './input-json.js';

/**
 * @param schema the JSON Schema of the answer; undefined when it is not known, as without a worker.
 * @throws {BatonError} `BAD_INPUT`
 */
export async function answerFrom(given: string, schema: Json | undefined): Promise<Json> {
  if (schema !== undefined && isJsonObject(schema) && schema['type'] === 'string') return readText(given);
  if (schema !== undefined) return readJson(given, 'The answer');
  const text = await readText(given);
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
