/** Reads a question by its form: its parts, the kind of answer it needs, and what it compares. */
import { isGerman, isGermanStopWord } from '../corpus/german.js';
import { STOP_WORDS, tokenize } from '../text.js';

export type Intent =
  'compare' | 'how' | 'behaviour' | 'definition' | 'which' | 'why' | 'fact' | 'yes-no' | 'open';

export interface QuestionPart {
  /** A complete question that ends with a question mark. */
  readonly text: string;
  readonly intent: Intent;
  /** Its topic, without the asking words: "retry an activity" for "How do I retry an activity?". */
  readonly topic: string;
  /** The two sides of a comparison. */
  readonly sides?: readonly [string, string];
}

const ASKS =
  '(?:how|what|when|where|which|why|who|can|could|does|do|is|are|should|will|(?:(?:to|by|for|from|with)\\s+)?whom|(?:to|by|for|from|in|at)\\s+which)';
const AND_ASKS = new RegExp(
  `(?:,\\s*|\\s+)(?:and|or|but)(?:\\s+also)?\\s+(?=${ASKS}\\s)|;\\s*|,\\s+(?=(?:how|what|which|why|where)\\s)`,
  'i',
);

const COMPARISONS = [
  /\bdifferences?\s+(?:is\s+|are\s+)?between\s+(.+?)\s+and\s+(.+)$/i,
  /\bcompare[sd]?\s+(.+?)\s+(?:and|with|to|against|vs\.?)\s+(.+)$/i,
  /^how\s+(?:does|do|is|are)\s+(.+?)\s+(?:differ(?:s|ent)?|compare)\s+(?:from|to|with)\s+(.+)$/i,
  /^(?:what\s+is\s+better|which\s+is\s+better|should\s+i\s+use|do\s+i\s+(?:want|need))[,:]?\s+(.+?)\s+or\s+(.+)$/i,
  /^(.+?)\s+(?:vs\.?|versus)\s+(.+)$/i,
];

const INTENTS: readonly (readonly [RegExp, Intent])[] = [
  [
    /^(?:wie\s+(?:viele?|lange|oft|hoch|groß|weit|schnell|teuer)|wann|wo|wohin|wer|wem|wen|wessen)\b/iu,
    'fact',
  ],
  [/^was\s+(?:ist|sind|bedeute[nt]|heißt)\b/iu, 'definition'],
  [/^was\s+(?:passiert|geschieht)\b/iu, 'behaviour'],
  [/^(?:warum|wieso|weshalb)\b/iu, 'why'],
  [/^(?:wie|was\s+(?:muss|soll|kann))\b/iu, 'how'],
  [/^welche[rsnm]?\b/iu, 'which'],
  [/^(?:darf|dürfen|kann|können|muss|müssen|gibt|ist|sind|soll|hat|haben)\b/iu, 'yes-no'],
  [/^what\s+(?:happens|occurs|is\s+(?:done|returned|thrown)|goes\s+wrong)\b/i, 'behaviour'],
  [/^how\s+(?:many|much|long|often|old|far|big|large|hot|warm|high|fast|soon|deep|tall|heavy)\b/i, 'fact'],
  [/^how\s+(?:does|do|did|is|are|was|were)\s+(?!i\b|we\b|you\b|one\b)/i, 'behaviour'],
  [/^how\b/i, 'how'],
  [/^(?:why|what\s+causes|for\s+what\s+reason)\b/i, 'why'],
  [
    /^(?:who|(?:(?:to|by|for|from|with)\s+)?whom|whose|when|where|at\s+what|what\s+(?:time|year|date|day|temperature|age|size|is\s+the\s+(?:maximum|minimum|default|number|name|limit)))\b/i,
    'fact',
  ],
  [/^(?:what\s+(?:is|are|was|were|does\s+(?:\S+\s+){1,4}mean)|define|explain|describe)\b/i, 'definition'],
  [/^(?:which|what|list|name)\b/i, 'which'],
  [/^(?:can|could|does|do|did|is|are|was|were|will|would|should|may|must|has|have)\b/i, 'yes-no'],
];

const LEADS = new RegExp(
  '^(?:please\\s+|hi,?\\s+|hello,?\\s+)*(?:(?:can|could|would)\\s+you\\s+(?:please\\s+)?(?:tell|show|explain|describe)(?:\\s+(?:me|us))?(?:\\s+to\\s+me)?\\s+' +
    '|(?:tell|show|give)\\s+(?:me|us)\\s+|i\\s+(?:want|need|would\\s+like)\\s+to\\s+know\\s+)',
  'i',
);

const SETTING_LEAD =
  /^(?:i|we)(?:\s+am|'m|\s+are|'re|\s+have)?\s+(?:use|using|used|work(?:ing)?\s+with|on|got|have)\s+/i;

const TOPIC_LEADS = [
  /^how\s+(?:do|can|should|could|would|might|must|to)\s*(?:i|we|you|one)?\s+(?:best\s+|properly\s+|correctly\s+)?/i,
  /^how\s+(?:does|do|did|is|are|was|were)\s+/i,
  /^what\s+happens\s+(?:when|if|to|with|after|before)\s+/i,
  /^(?:what|which|who|where|when|why)\s+(?:is|are|was|were|does|do|did|can|should|will|has|have)\s+(?:the\s+|a\s+|an\s+)?(?:i\s+|we\s+|you\s+)?/i,
  /^how\s+(?:many|much|long|often)\s+/i,
  /^(?:what|which|list|name|define|explain|describe)\s+(?:the\s+)?/i,
  /^(?:can|could|does|do|did|is|are|was|were|will|would|should|may|must|has|have)\s+(?:i|we|you|it|there|the)?\s*/i,
];

/**
 * The parts of a question, at most four. A part that refers to the one before ("and how do I stop it") gets
 * its subject.
 */
export function readQuestion(question: string): QuestionPart[] {
  const plain = question.replace(/\s+/g, ' ').trim();
  const pieces = plain
    .split(/(?<=\?)\s+|(?<=[.!])\s+(?=\p{Lu})/u)
    .map((piece) =>
      piece
        .replace(/[?.!\s]+$/, '')
        .replace(/^(?:and|or|but|so|also|then)[,\s]+(?=\S+\s)/i, '')
        .replace(LEADS, ''),
    )
    .filter((piece) => contentWords(piece).length > 0);
  const asking = pieces.filter((piece) => new RegExp(`^${ASKS}\\b`, 'i').test(piece));
  const chosen = asking.length > 0 ? asking : pieces;
  const parts = chosen
    .flatMap((piece) => (comparison(piece) ? [piece] : piece.split(AND_ASKS)))
    .filter((piece) => contentWords(piece).length > 0);
  // Text before the question ("I use zod 4.") is its setting.
  const setting = pieces
    .filter((piece) => !chosen.includes(piece))
    .join(' ')
    .replace(SETTING_LEAD, '');
  const first = parts[0] ?? plain;
  return (parts.length === 0 ? [plain] : parts.slice(0, 4)).map((part, at) => {
    const place = at === 0 ? setting : missingPlace(first, part);
    return describe(place === '' ? part : `${part} (${place})`);
  });
}

function describe(part: string): QuestionPart {
  const sides = comparison(part);
  const intent = sides ? 'compare' : (INTENTS.find(([form]) => form.test(part))?.[1] ?? 'open');
  const lead = TOPIC_LEADS.find((form) => form.test(part));
  const topic = (lead ? part.replace(lead, '') : part).trim() || part;
  return { text: `${capitalized(part)}?`, intent, topic, ...(sides ? { sides } : {}) };
}

/** The sides, each with the words that follow both ("in zod"), because they belong to each side. */
function comparison(part: string): readonly [string, string] | undefined {
  for (const form of COMPARISONS) {
    const [, left, right] = form.exec(part) ?? [];
    if (left === undefined || right === undefined) continue;
    const place = placeOf(right);
    const clean = (side: string): string =>
      side.replace(/^(?:the|a|an|using|is|are|what\s+is)\s+/i, '').trim();
    const second = clean(
      place === ''
        ? right
        : right
            .slice(0, right.length - place.length - 1)
            .replace(/\s+(?:in|with|for|of|on|using)(?:\s+the)?$/i, ''),
    );
    if (clean(left) === '' || second === '') continue;
    return [within(clean(left), place), within(second, place)];
  }
  return undefined;
}

function within(side: string, place: string): string {
  return place === '' || side.toLowerCase().includes(place.toLowerCase()) ? side : `${side} in ${place}`;
}

/** The place in a question: "zod" for "… parse in zod". */
function placeOf(part: string): string {
  return (
    /\s(?:in|with|for|using|on)\s+(?:the\s+)?([^\s,]+(?:\s+(?:\p{Lu}\S*|\S*[@/.]\S*|client|package|library|sdk|api|cli))?)$/u.exec(
      part,
    )?.[1] ?? ''
  );
}

/** The first part's setting, for a later part that names no setting and says little alone. */
function missingPlace(first: string, part: string): string {
  const place = placeOf(first);
  if (part === first || (place !== '' && part.toLowerCase().includes(place.toLowerCase()))) return '';
  const leans =
    /\b(?:it|its|them|they|this|that|these|those|one)\b/i.test(part) || contentWords(part).length < 3;
  return leans ? contentWords(first).join(' ') : placeOf(part) === '' ? place : '';
}

/** The words that carry the topic, as written, each once. */
export function contentWords(text: string): string[] {
  const found = new Map<string, string>();
  const german = isGerman(text);
  for (const [raw] of text.matchAll(/[\p{L}\p{N}@$_][\p{L}\p{N}\p{M}@$_/.'’-]*/gu)) {
    const word = raw.replace(/[.'’/-]+$/, '').replace(/['’]s$/, '');
    const key = word.toLowerCase();
    if (german && isGermanStopWord(key)) continue;
    if (word !== '' && !STOP_WORDS.has(key) && tokenize(word).length > 0 && !found.has(key))
      found.set(key, word);
  }
  return [...found.values()];
}

function capitalized(text: string): string {
  return /^[a-z]+[A-Z@./]/.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1);
}
