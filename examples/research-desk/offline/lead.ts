/**
 * The lead researcher without a provider: it joins the researchers' findings, drops repetitions and weak
 * findings, states how complete they are, and hands off to the writer.
 */
import { handoffCall } from '@batonhq/baton';
import type { OfflineAnswer } from '@batonhq/baton/worker';
import { Counted } from '../code/computation.js';
import { isGerman } from '../corpus/german.js';
import { type Brief, Evidence, type Finding, Findings, Section } from '../shapes.js';
import { stem, terms as stemsOf } from '../text.js';
import { contentWords, type Intent, readQuestion } from './question.js';
import { ASPECT_WORDS } from './planner.js';
import { asJson } from './as-json.js';
import { overlaps } from './findings.js';
import { SURE } from './scoring.js';

/** The limits for a question of several parts, and for a question of one; a small question gets a short answer. */
const MAX_FINDINGS_OF_SEVERAL = 6;
const MAX_FINDINGS = 4;
const MAX_FINDINGS_OF: Readonly<Partial<Record<Intent, number>>> = {
  fact: 2,
  'yes-no': 2,
  definition: 3,
  which: 3,
};
/** A finding below this share of the best score weakens the answer more than it adds. */
const WORTHWHILE = 0.88;
/** Answers of these forms need more than one finding; a second one may be this much weaker. */
const FEWEST_OF: Readonly<Partial<Record<Intent, number>>> = { how: 3, behaviour: 2, open: 2 };
const WORTH_ADDING = 0.72;
const SAME = 0.7;
/** Two declarations can have similar comments and still be two things. */
const SAME_DECLARED = 0.9;
/** For a question of several parts, the maximum of findings for each part; one for each side of a comparison. */
const PER_PART = 2;
/** A finding that covers both sides of a comparison and their differences reaches this score. */
export const COMPARES = 0.68;

export const weigh: OfflineAnswer = ({ input }) => ({
  toolCalls: [handoffCall('writer', asJson(briefFor(Evidence.parse(input))))],
});

/** Everything that the workers found, by kind; unfinished subtasks are listed as missing. */
export function briefFor({ goal, results, missing }: Evidence): Brief {
  const of = (kind: string) => results.flatMap((one) => (one.kind === kind ? [one.output] : []));
  const counted = of('code').map((output) => Counted.parse(output));
  const sections = of('writing')
    .map((output) => Section.parse(output))
    .filter(({ text }) => text !== '');
  const found = weighed(
    goal,
    of('research').map((output) => Findings.parse(output)),
  );
  const counts = counted.flatMap(({ computations }) => computations);
  // If the question asks for a number, one look-up of the counted thing is added, and no other counts as
  // missing.
  const besides = counts.length > 0 && !found.several;
  const gaps = [
    ...counted.flatMap((one) => one.gaps),
    ...(besides ? [] : found.missing),
    ...missing.map(({ task, why }) => `${task} (This was not done: ${why})`),
  ];
  return {
    question: goal,
    findings: sections.length > 0 ? [] : found.findings.slice(0, besides ? 1 : undefined),
    counts: counts.map(({ id, claim, says }) => ({ id, claim, says })),
    sections: sections.map(({ title, text }) => ({ title, text })),
    assessment: [...counts.map(({ says }) => `${says}.`), found.assessment].join(' '),
    missing: [...new Set(gaps)],
  };
}

export interface Weighed {
  readonly findings: Finding[];
  readonly assessment: string;
  readonly missing: string[];
  /** Whether the question has several parts, each of which needs an answer. */
  readonly several: boolean;
}

/** The findings that answer a question, best first, without repetition. */
export function weighed(question: string, findings: readonly Findings[]): Weighed {
  const parts = findings.filter(({ subtask }) => !ASPECT_WORDS.has(subtask));
  const several = parts.some(({ subtask }) => isPart(subtask));
  const ranked = findings.flatMap((one) => one.findings).sort((a, b) => (b.score ?? 0) - (a.score ?? 0));
  const best = ranked[0]?.score ?? 0;
  // A finding that is only close helps only if no finding answers.
  const floor = best >= SURE ? SURE : 0;
  const intent = readQuestion(question)[0]?.intent ?? 'open';
  const most = several ? MAX_FINDINGS_OF_SEVERAL : (MAX_FINDINGS_OF[intent] ?? MAX_FINDINGS);
  const fewest = several ? 0 : (FEWEST_OF[intent] ?? 0);
  const chosen: Finding[] = [];
  const taken = new Map<Findings | undefined, number>();
  const take = (finding: Finding): void => {
    const narrower = chosen.findIndex((other) => widens(finding, other));
    // One of two parts may need another sentence of the same paragraph.
    if (several && narrower >= 0) chosen[narrower] = finding;
    const part = findings.find((one) => one.findings.includes(finding));
    const full = several && (taken.get(part) ?? 0) >= (isSide(part?.subtask ?? '') ? 1 : PER_PART);
    if (full || chosen.length >= most || repeats(finding, chosen)) return;
    taken.set(part, (taken.get(part) ?? 0) + 1);
    chosen.push(finding);
  };
  // Each part of the question gets its best finding before any part gets a second one.
  const first = parts.flatMap((part) => part.findings.slice(0, 1)).filter(({ score = 0 }) => score >= floor);
  for (const finding of first.sort((a, b) => (b.score ?? 0) - (a.score ?? 0))) take(finding);
  for (const finding of ranked) if ((finding.score ?? 0) >= Math.max(floor, best * WORTHWHILE)) take(finding);
  for (const finding of ranked)
    if (chosen.length < fewest && (finding.score ?? 0) >= Math.max(floor, best * WORTH_ADDING)) take(finding);
  if (several) chosen.sort((a, b) => partOf(a, parts) - partOf(b, parts) || (b.score ?? 0) - (a.score ?? 0));
  const missing = missingFrom(question, findings, parts, chosen, several);
  return { findings: chosen, assessment: assess(chosen, findings, missing), missing, several };
}

/** The part of the question that a finding belongs to, so that the answer follows their order. */
function partOf(finding: Finding, parts: readonly Findings[]): number {
  const at = parts.findIndex(({ findings }) => findings.includes(finding));
  // The differences of two things come before the description of each.
  if (parts[at]?.subtask.endsWith('both-sides') === true)
    return (finding.score ?? 0) >= COMPARES ? at - 2.5 : at;
  return at < 0 ? parts.length : at;
}

/** Whether a subtask is one of several parts of the question, and needs a separate answer. */
function isPart(subtask: string): boolean {
  return /^(?:part-|first-side|second-side|both-sides)/.test(subtask);
}

function isSide(subtask: string): boolean {
  return subtask.endsWith('-side');
}

/** The signature before the words, for a finding in a declaration file. */
function declared({ claim }: Finding): string | undefined {
  return /^`([^`]+)` — /.exec(claim)?.[1];
}

/** Whether a finding contains everything that the other says, in the same place, and more. */
function widens(finding: Finding, other: Finding): boolean {
  return (
    finding.claim.length > other.claim.length &&
    finding.claim.includes(other.claim) &&
    overlaps(finding.citation, other.citation)
  );
}

function repeats(finding: Finding, chosen: readonly Finding[]): boolean {
  const words = new Set(stemsOf(finding.claim));
  return chosen.some((other) => {
    if (overlaps(finding.citation, other.citation)) return true;
    const others = new Set(stemsOf(other.claim));
    const [one, two] = [declared(finding), declared(other)];
    const apart = one !== undefined && two !== undefined && one !== two;
    const shared = [...words].filter((word) => others.has(word)).length;
    return (
      shared / Math.max(1, Math.min(words.size, others.size)) >= (apart ? SAME_DECLARED : SAME) &&
      Math.min(words.size, others.size) >= 4
    );
  });
}

function missingFrom(
  question: string,
  all: readonly Findings[],
  parts: readonly Findings[],
  chosen: readonly Finding[],
  several: boolean,
): string[] {
  const open = parts.filter(({ gaps }) => gaps.length > 0);
  // For a question of one part, looking up its main word may be enough.
  const answered = parts.some(({ gaps }) => gaps.length === 0);
  if (chosen.length > 0 && answered && !several) return unspoken(question, chosen, all);
  const gaps = several ? open.filter(({ subtask }) => !subtask.endsWith('both-sides')) : open.slice(0, 1);
  return [...new Set([...gaps.flatMap((one) => one.gaps), ...uncompared(parts)])];
}

/** The pairs that the question compares and that no finding mentions together. */
function uncompared(parts: readonly Findings[]): string[] {
  const open = parts.some(
    ({ subtask, findings }) =>
      subtask.endsWith('both-sides') && !findings.some(({ score = 0 }) => score >= COMPARES),
  );
  return open ? ['The documents do not compare the two directly.'] : [];
}

/** Names in the question that no chosen finding mentions, although the rest is answered. */
function unspoken(question: string, chosen: readonly Finding[], all: readonly Findings[]): string[] {
  const said = new Set(
    chosen.flatMap(({ claim, code, topic, citation }) =>
      stemsOf(`${claim} ${code ?? ''} ${topic ?? ''} ${citation.file}`),
    ),
  );
  const nowhere = new Set(
    all.flatMap(({ gaps }) =>
      gaps.flatMap((gap) => [...gap.matchAll(/“([^”]+)”/g)].map(([, word]) => stem(word ?? ''))),
    ),
  );
  return contentWords(question)
    .filter(
      (word, at) =>
        // In German every noun is capitalised.
        (at > 0 && /^\p{Lu}/u.test(word) && !isGerman(question)) ||
        (/\p{Ll}\p{Lu}|[\d_$@]/u.test(word) && /\p{L}/u.test(word)),
    )
    .filter(
      (word) =>
        !stemsOf(word).some((part) =>
          [...said].some((other) => other === part || (part.length > 4 && other.startsWith(part))),
        ),
    )
    .map(
      (word) =>
        `Nothing was found that speaks of “${word}”${nowhere.has(stem(word.toLowerCase())) ? ', which stands nowhere in the documents' : ''}.`,
    );
}

function assess(chosen: readonly Finding[], all: readonly Findings[], missing: readonly string[]): string {
  const given = all.reduce((sum, { findings }) => sum + findings.length, 0);
  if (chosen.length === 0) return `None of ${given} findings answers the question.`;
  const best = chosen[0]?.score ?? 0;
  const files = new Set(chosen.map(({ citation }) => citation.file)).size;
  const strength =
    best >= 0.6
      ? 'The documents answer the question directly'
      : best >= SURE
        ? 'The documents answer the question in part'
        : 'The documents only come near the question';
  const open =
    missing.length === 0
      ? ''
      : ` ${missing.length} ${missing.length === 1 ? 'point remains' : 'points remain'} open.`;
  return `${strength}: ${chosen.length} of ${given} findings kept, from ${files} ${files === 1 ? 'file' : 'files'}.${open}`;
}
