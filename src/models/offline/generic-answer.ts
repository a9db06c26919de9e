/**
 * The offline answer of an agent without a specific algorithm. A classifier compares words. Every other agent
 * searches once if it can, then extracts text or fills the schema.
 */
import { isJsonObject, type Json } from '../../contracts/data/json.js';
import type { ModelRequest, ToolSpec } from '../model/model.js';
import { classifyByWords } from './classify.js';
import { extractAnswer } from './extract.js';
import { fillSchema } from './fill-schema.js';
import { readMaterial, type Material } from './material.js';
import type { OfflineMove } from './move.js';
import { sentences } from './sentences.js';
import { tokenize } from './words.js';

const SEARCHES = new Set(['search', 'find', 'lookup', 'query', 'retrieve', 'recall', 'browse']);
/**
 * A tool is never called if its name or first sentence contains one of these words, because the algorithm
 * does not understand the effect.
 */
const ACTS =
  /\b(?:add|approve|book|buy|cancel|charge|create|delete|deploy|execute|insert|issue|merge|pay|post|publish|refund|remove|replace|run|send|set|submit|transfer|update|upload|write)(?:s|es)?\b/i;
const QUERY_LIMIT = 400;

/** Answers from the request alone: a tool call, a value that matches the output schema, or a text. */
export function answerGenerically(request: ModelRequest): OfflineMove {
  const classification = classifyByWords(request);
  if (classification !== undefined) return { output: { ...classification } };
  const material = readMaterial(request);
  const search = createSearchCall(request, material);
  if (search !== undefined) return { toolCalls: [search] };
  if (request.output !== undefined) return { output: fillSchema(request.output.schema, request, material) };
  return { content: extractAnswer(request.agent, material) };
}

/** One search for the question before the first answer; undefined after any tool call. */
function createSearchCall(
  request: ModelRequest,
  material: Material,
): { name: string; args: Json } | undefined {
  const called = request.messages.some(
    (message) =>
      message.role === 'assistant' && message.agent === request.agent && message.toolCalls !== undefined,
  );
  const query = (material.question || (material.texts[0] ?? ''))
    .replace(/\s+/g, ' ')
    .slice(0, QUERY_LIMIT)
    .trim();
  if (called || query === '') return undefined;
  for (const tool of request.tools) {
    const parameter = findOnlyRequiredString(tool.parameters);
    if (parameter !== undefined && isSearch(tool)) return { name: tool.name, args: { [parameter]: query } };
  }
  return undefined;
}

function isSearch({ name, description }: ToolSpec): boolean {
  const [purpose] = sentences(description);
  if (ACTS.test(`${tokenize(name).join(' ')} ${purpose?.text ?? ''}`)) return false;
  const firstWord = tokenize(description)[0]?.replace(/(?<=ch)es$|s$/, '') ?? '';
  return (
    /\blook[ _-]?up\b/i.test(`${name} ${description}`) ||
    [...tokenize(name), firstWord].some((word) => SEARCHES.has(word))
  );
}

function findOnlyRequiredString(parameters: Json): string | undefined {
  if (!isJsonObject(parameters) || !Array.isArray(parameters['required'])) return undefined;
  const [name, ...others] = parameters['required'];
  if (typeof name !== 'string' || others.length > 0 || !isJsonObject(parameters['properties']))
    return undefined;
  const schema = parameters['properties'][name];
  return isJsonObject(schema) && schema['type'] === 'string' && !('enum' in schema) ? name : undefined;
}
