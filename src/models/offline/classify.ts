/**
 * The offline answer of a classifier: the destination whose description shares the most telling words with
 * the input. It compares words without understanding them, and every reason says so. Its confidence is the
 * share of matching words that support the choice, not a probability.
 */
import { isJsonObject, type Json } from '../../contracts/data/json.js';
import { ClassifierTask, type Classification } from '../../contracts/definitions/router.js';
import type { ModelRequest } from '../model/model.js';
import { listStrings } from './material.js';
import { sentences } from './sentences.js';
import { STOP_WORDS, listTerms, stem, tokenize } from './words.js';

/** Added evidence against every choice, so that a single common word does not give full confidence. */
const DOUBT = 1;
/** The weight of requests: they indicate the destination better than the other sentences. */
const ASKED = 2;
const ASKING =
  /\?$|\b(?:please|want|would like|need|how (?:do|can|to)|could you|can you|can i|tell me|explain)\b/i;
/** Matches a negation. The words after it, up to the next punctuation mark or turn, do not describe the matter. */
const DENIED =
  /\b(?:not (?:about|asking|interested|a|an|my|the)|nothing (?:is|to|wrong)|no (?:problem|question|need|complaint|wish)s?|(?:do not|don't) (?:want|need)|(?:am|is) not trying)\b[^,.;:!?]*?(?=$|[,.;:!?]|\bbut\b|\bonly\b|\bjust\b)/gi;

interface Found {
  readonly name: string;
  readonly score: number;
  /** The input's words that the description contains too, spelled as in the input. */
  readonly words: readonly string[];
}

interface Weighed {
  readonly word: string;
  readonly weight: number;
}

/** The classification for a classifier's request; undefined for any other request. */
export function classifyByWords({ input, output }: ModelRequest): Classification | undefined {
  const task = ClassifierTask.safeParse(input);
  if (!task.success || output === undefined || !isRoutingSchema(output.schema)) return undefined;
  const { destinations } = task.data;
  const text = listStrings(task.data.input as Json)
    .map((part) => part.text)
    .join('\n');
  const found = compare(text, destinations);
  const [best] = found.toSorted((left, right) => right.score - left.score);
  const all = found.reduce((sum, { score }) => sum + score, 0);
  if (best === undefined || all === 0) {
    const destination = destinations[0]?.name ?? '';
    return { destination, confidence: 0, reason: 'Offline: no word of any description was found.' };
  }
  const confidence = Math.round((best.score / (all + DOUBT)) * 100) / 100;
  const reason = `Offline, by words alone: ${best.words.slice(0, 6).join(', ')}.`;
  return { destination: best.name, confidence, reason };
}

function isRoutingSchema(schema: Json): boolean {
  return isJsonObject(schema) && isJsonObject(schema['properties']) && 'destination' in schema['properties'];
}

function compare(text: string, destinations: ClassifierTask['destinations']): Found[] {
  const described = destinations.map(({ name, competence }) => ({
    name,
    held: new Set(listTerms(`${name} ${competence}`)),
  }));
  const weighed = [...weighTerms(text)];
  return described.map(({ name, held }) => {
    const shared = weighed.filter(([term]) => held.has(term));
    const score = shared.reduce((sum, [term, { weight }]) => {
      const holders = described.filter((each) => each.held.has(term)).length;
      return sum + weight * Math.log(1 + described.length / (0.5 + holders));
    }, 0);
    return { name, score, words: shared.map(([, { word }]) => word) };
  });
}

/** The weight of each term of the text. Terms that are always negated are left out. */
function weighTerms(text: string): Map<string, Weighed> {
  const found = new Map<string, Weighed>();
  for (const { text: sentence } of sentences(text)) {
    const weight = ASKING.test(sentence) ? ASKED : 1;
    for (const word of tokenize(sentence.replace(DENIED, ' '))) {
      const term = stem(word);
      const before = found.get(term);
      if (!STOP_WORDS.has(word) && (before?.weight ?? 0) < weight) found.set(term, { word, weight });
    }
  }
  return found;
}
