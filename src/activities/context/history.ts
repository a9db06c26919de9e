/**
 * Which part of an earlier conversation is shown, by the contract's policy and by what fits. Whole units are kept, newest
 * first. A summary of the whole conversation replaces what does not fit.
 */
import type { ContextPolicy } from '../../contracts/handoff/envelope.js';
import type { Tokenizer } from '../../models/model/tokens.js';
import { quote, type Unit } from './quote.js';

/** How many messages `last-n` shows when the contract names no number. */
const LAST_N = 10;

/**
 * The sizes of summaries, in tokens. There are few sizes, so that one summary serves every receiver of a conversation. Each
 * is half of the previous one, so that little room is wasted.
 */
const SUMMARY_SIZES = [4_096, 2_048, 1_024, 512, 256, 128] as const;
/** The largest summary when nothing limits the context. */
const USUAL_SUMMARY = 1_024;

export interface CountedUnit extends Unit {
  readonly tokens: number;
}

/** The selected parts of a conversation. */
export interface Selection {
  /** The newest units, oldest first. */
  readonly kept: readonly CountedUnit[];
  /** Older units, shown only in the summary. */
  readonly summarized: readonly CountedUnit[];
  /** Units that did not fit, or that are older than requested. */
  readonly dropped: readonly CountedUnit[];
  /** Units that the contract withholds. */
  readonly withheld: readonly CountedUnit[];
  readonly summary?: string;
}

export type Choice =
  | ({ readonly kind: 'selected' } & Selection)
  /** A required summary does not exist yet. */
  | { readonly kind: 'needs-summary'; readonly of: string; readonly maxTokens: number };

export interface ChoiceInput {
  readonly units: readonly Unit[];
  readonly policy: ContextPolicy;
  /** How many tokens the history may have; undefined when there is no limit. */
  readonly room: number | undefined;
  readonly head: string;
  readonly tokenizer: Tokenizer;
  /** The existing summaries, by their size. */
  readonly summaryOf: (maxTokens: number) => string | undefined;
}

export const HISTORY_TITLE = 'The conversation so far';
export const SUMMARY_TITLE = 'A summary of the conversation so far';

export function chooseHistory(input: ChoiceInput): Choice {
  const { policy, tokenizer } = input;
  const units = input.units.map((unit) => ({ ...unit, tokens: tokenizer.count(`${unit.text}\n`) }));
  const history = policy.history ?? 'none';
  if (history === 'none' || units.length === 0) return toSelection({ withheld: units });
  if (history === 'summarize') return summarizeAll(input, units);
  const wanted = history === 'all' ? units : takeLastUnits(units, policy.lastN ?? LAST_N);
  const older = units.slice(0, units.length - wanted.length);
  const fitting = takeNewest(wanted, computeRoom(input));
  if (fitting.length === wanted.length) return toSelection({ kept: wanted, dropped: older });
  const left = wanted.slice(0, wanted.length - fitting.length);
  const size =
    (policy.whenOver ?? 'summarize') === 'summarize' ? findSummarySize(input, 'beside') : undefined;
  if (size === undefined) return toSelection({ kept: fitting, dropped: [...older, ...left] });
  const summary = input.summaryOf(size);
  if (summary === undefined) return { kind: 'needs-summary', of: input.head, maxTokens: size };
  const room = computeRoom(input) - countMarks(input, SUMMARY_TITLE) - tokenizer.count(summary);
  const kept = takeNewest(wanted, room);
  return toSelection({ kept, summary, summarized: units.slice(0, units.length - kept.length) });
}

/** A conversation that is no longer than its summary would be is shown unchanged. */
function summarizeAll(input: ChoiceInput, units: readonly CountedUnit[]): Choice {
  const size = findSummarySize(input, 'alone');
  if (size === undefined) return toSelection({ dropped: units });
  if (units.reduce((sum, { tokens }) => sum + tokens, 0) <= size) return toSelection({ kept: units });
  const summary = input.summaryOf(size);
  return summary === undefined
    ? { kind: 'needs-summary', of: input.head, maxTokens: size }
    : toSelection({ summary, summarized: units });
}

/** Next to the newest messages, a summary gets half of the room. Undefined when not even the smallest fits. */
function findSummarySize(input: ChoiceInput, place: 'alone' | 'beside'): number | undefined {
  const room = input.room === undefined ? USUAL_SUMMARY : input.room - countMarks(input, SUMMARY_TITLE);
  const most = place === 'alone' ? Math.min(USUAL_SUMMARY, room) : Math.floor(room / 2);
  return SUMMARY_SIZES.find((size) => size <= most) ?? SUMMARY_SIZES.find((size) => size <= room);
}

/** The last n messages. Calls and their results stay together, so there may be a few more. */
function takeLastUnits(units: readonly CountedUnit[], n: number): CountedUnit[] {
  let messages = 0;
  const first = units.findLastIndex((unit) => (messages += unit.messages) >= n);
  return units.slice(Math.max(0, first));
}

function takeNewest(units: readonly CountedUnit[], room: number): CountedUnit[] {
  let left = room;
  const first = units.findLastIndex(({ tokens }) => (left -= tokens) < 0);
  return units.slice(first + 1);
}

function computeRoom(input: ChoiceInput): number {
  return input.room === undefined ? Infinity : input.room - countMarks(input, HISTORY_TITLE);
}

/** The tokens for the marks around the quote, and for the chat format around a message. */
function countMarks({ head, tokenizer }: ChoiceInput, title: string): number {
  return tokenizer.count(`${quote([], { head, title })}\n`) + 6;
}

function toSelection(selection: Partial<Selection>): Choice {
  return { kind: 'selected', kept: [], summarized: [], dropped: [], withheld: [], ...selection };
}
