/** Cuts a conversation into the pieces that a summary may take: sentences, and rows of data. */
import type { Message } from '../../src/contracts/handoff/messages.js';
import { sentences } from '../../src/models/offline/sentences.js';

export interface Unit {
  readonly text: string;
  readonly from: 'agent' | 'tool' | 'summary';
  readonly order: number;
  /** The question to the tool. Only a tool's answer has one. */
  readonly asked?: string;
  /** The question that came shortly before. */
  readonly question?: string;
}

/** How many pieces after a question may answer it. */
const ANSWER_WITHIN = 3;

export function unitsOf(messages: readonly Message[]): Unit[] {
  const askedBy = new Map<string, string>();
  const units: Unit[] = [];
  for (const message of messages) {
    if (message.role === 'assistant')
      for (const { id, args } of message.toolCalls ?? []) askedBy.set(id, proseOf(args));
    const asked = message.role === 'tool' ? askedBy.get(message.callId) : undefined;
    const from = message.role === 'tool' ? 'tool' : message.role === 'user' ? 'summary' : 'agent';
    let question = asked?.endsWith('?') === true ? asked : undefined;
    // A tool that was asked a question gave all of its answer to it.
    let left = question === undefined ? 0 : Number.POSITIVE_INFINITY;
    for (const text of piecesOf(message.content)) {
      const answers = left > 0 && question !== undefined ? { question } : {};
      units.push({ text, from, order: units.length, ...(asked === undefined ? {} : { asked }), ...answers });
      left -= 1;
      if (text.endsWith('?') && left !== Number.POSITIVE_INFINITY)
        [question, left] = [withoutSpeaker(text), ANSWER_WITHIN];
    }
  }
  return units;
}

function piecesOf(content: string): string[] {
  const data = parsed(content);
  if (data === undefined) {
    // A line of a thread or a log is at least one sentence, also without a full stop at its end.
    return content.split('\n').flatMap((line) => sentences(line).map(({ text }) => text));
  }
  const rows: unknown[] = Array.isArray(data) ? data : [data];
  return rows.map((row) => rowText(row));
}

function parsed(content: string): unknown {
  try {
    const value: unknown = JSON.parse(content);
    return typeof value === 'object' ? (value ?? undefined) : undefined;
  } catch {
    return undefined;
  }
}

function rowText(row: unknown): string {
  if (typeof row !== 'object' || row === null) return String(row);
  return Object.entries(row)
    .map(([key, value]) => `${key}: ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
    .join(', ');
}

/** Ids and numbers say nothing of what was asked. */
function proseOf(args: unknown): string {
  return valuesOf(args)
    .filter((value) => /\S\s+\S/.test(value))
    .join(' ');
}

function valuesOf(args: unknown): string[] {
  if (typeof args === 'string') return [args];
  return typeof args === 'object' && args !== null ? Object.values(args).flatMap(valuesOf) : [];
}

function withoutSpeaker(text: string): string {
  return text.replace(/^\p{Lu}[\p{L} ]{0,30}: /u, '');
}
