/**
 * How algorithms take part in a handoff. An algorithm that does not mention the handoff accepts its task, and
 * names the required items as they arrived. When a receiver asks questions, it answers from the sentences of
 * its conversation.
 */
import type { Json } from '../../contracts/data/json.js';
import { ACKNOWLEDGEMENTS } from '../../contracts/data/names.js';
import type { ModelRequest } from '../model/model.js';
import type { OfflineMove } from './move.js';
import { sentences } from './sentences.js';
import { computeOverlap } from './words.js';

/** A move in terms of tool calls and text. */
export type PlainMove = Exclude<
  OfflineMove,
  { clarify: unknown } | { decline: unknown } | { misrouted: unknown }
>;

/** Adds to a move the answer to the handoff that brought the task. */
export function acknowledgeTask(request: ModelRequest, move: OfflineMove): PlainMove {
  if ('clarify' in move) return createCall(ACKNOWLEDGEMENTS.clarify, { questions: [...move.clarify] });
  if ('decline' in move) return createCall(ACKNOWLEDGEMENTS.decline, { reason: move.decline });
  if ('misrouted' in move) return createCall(ACKNOWLEDGEMENTS.misrouted, { ...move.misrouted });
  if (request.handoff === undefined) return move;
  const { alone } = request.handoff;
  const items = [...request.handoff.items];
  if (alone) return createCall(ACKNOWLEDGEMENTS.accept, { items });
  if ('toolCalls' in move) {
    return { toolCalls: [{ name: ACKNOWLEDGEMENTS.accept, args: { items } }, ...move.toolCalls] };
  }
  const answer = 'output' in move ? move.output : move.content;
  return createCall(ACKNOWLEDGEMENTS.accept, { items, answer });
}

/** For each question, the sentence that shares most of its words, or null when none shares half of them. */
export function answerFromTask({ messages, questions = [] }: ModelRequest): PlainMove {
  const said = messages.flatMap(({ content }) => sentences(content).map(({ text }) => text));
  return { output: { answers: questions.map((question) => findClosest(said, question)) } };
}

function findClosest(said: readonly string[], question: string): string | null {
  const shares = said
    .filter((text) => !text.endsWith('?'))
    .map((text) => ({ text, share: computeOverlap(question, text) }))
    .toSorted((a, b) => b.share - a.share);
  const [best] = shares;
  return best !== undefined && best.share >= 0.5 ? best.text : null;
}

function createCall(name: string, args: Json): PlainMove {
  return { toolCalls: [{ name, args }] };
}
