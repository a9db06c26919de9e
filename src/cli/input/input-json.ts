/** Reads an input or an answer from the command line: the text, `@file`, or `-` for standard input. */
import { quoteWord } from '../terminal/command-name.js';
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { createInputError } from '../../contracts/errors.js';
import { type Json, isJsonObject } from '../../contracts/data/json.js';

/**
 * @param example an example for the error message, where only an object is valid.
 * @throws {BatonError} `BAD_INPUT` when the file cannot be read or the text is not JSON.
 */
export async function readJson(
  given: string,
  option: string,
  example?: { readonly [key: string]: Json },
): Promise<Json> {
  const { source, content } = await read(given, option);
  try {
    return JSON.parse(content) as Json;
  } catch (error) {
    throw createInputError(
      `${source} is not JSON: ${error instanceof Error ? error.message : String(error)}.${source === option ? formatHint(option, content, example) : ''}`,
      { source },
      error,
    );
  }
}

function formatHint(option: string, content: string, example: Json | undefined): string {
  if (example !== undefined)
    return ` An object is wanted, as ${option} ${quoteWord(JSON.stringify(example))}`;
  if (!option.startsWith('--') || !/^[\w ?!.,'-]+$/.test(content)) return '';
  return ` Text is written with quotes inside: ${option} '${JSON.stringify(content)}'`;
}

/**
 * Returns the text: literally, from `@file`, or from standard input for `-`.
 *
 * @throws {BatonError} `BAD_INPUT` when the file cannot be read.
 */
export async function readText(given: string): Promise<string> {
  return (await read(given, '')).content;
}

async function read(given: string, option: string): Promise<{ source: string; content: string }> {
  if (given === '-') return { source: 'Standard input', content: await text(process.stdin) };
  if (!given.startsWith('@')) return { source: option, content: given };
  const file = given.slice(1);
  try {
    return { source: file, content: await readFile(file, 'utf8') };
  } catch (error) {
    throw createInputError(
      `The file ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      { file },
      error,
    );
  }
}

/** One question a line; empty lines are ignored. */
export async function readQuestions(given: string): Promise<string[]> {
  const text = await readText(given);
  return text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
}

/**
 * Parses an answer: plain text where the schema asks for text, JSON otherwise.
 *
 * @param schema the JSON Schema of the answer; undefined when it is unknown, e.g. without a worker.
 * @throws {BatonError} `BAD_INPUT`
 */
export async function parseAnswer(given: string, schema: Json | undefined): Promise<Json> {
  if (schema !== undefined && isJsonObject(schema) && schema['type'] === 'string') return readText(given);
  if (schema !== undefined) return readJson(given, 'The answer');
  const text = await readText(given);
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
