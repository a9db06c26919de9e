/**
 * Extractive answers: the sentences of the material that are relevant to a question, or a plain statement
 * that there are no such sentences.
 */
import { selectRelevant } from './bm25.js';
import type { Material } from './material.js';
import { sentences } from './sentences.js';

/** Up to this many sentences are all returned, because there is nothing to choose. */
const FEW = 3;
const MOST = 5;

/** The readable sentences of all texts. Headings are left out, because they say little alone. */
export function listMaterialSentences(material: Material): string[] {
  return material.texts.flatMap((text) =>
    sentences(text)
      .filter(({ kind }) => kind !== 'heading')
      .map((sentence) => sentence.text),
  );
}

/** Everything that was provided: the facts first, then the sentences. */
export function listGivenSentences(material: Material): string[] {
  return [...material.facts, ...listMaterialSentences(material)];
}

/** The question and the material as one text, for finding the words of an enum or a union. */
export function joinMaterial({ question, facts, texts }: Material): string {
  return [question, ...facts, ...texts].join('\n');
}

/** A text answer. It starts with the agent's name when its words do not come from the material. */
export function extractAnswer(agent: string, material: Material): string {
  const available = listGivenSentences(material);
  const about = material.question === '' ? '' : ` on ${quote(material.question)}`;
  if (available.length === 0) return withoutMaterial(agent, material.question);
  if (available.length <= FEW)
    return `${agent} has no model configured and passes on its input${about}: ${joinTexts(available)}`;
  // Without a question, the sentences that share most with the others represent the text.
  const chosen = selectRelevant(available, material.question || available.join(' '), MOST);
  if (chosen.length > 0) return joinTexts(chosen.map(({ text }) => text));
  return `${agent} has no model, and nothing in its input answers the question${about}.`;
}

/** Joins sentences into one text: each ends with a full stop; code gets separate paragraphs. */
export function joinTexts(texts: readonly string[]): string {
  if (texts.some((text) => text.includes('\n'))) return texts.join('\n\n');
  return texts.map((text) => (/[.!?…:;。"”'’)]$/.test(text) ? text : `${text}.`)).join(' ');
}

function withoutMaterial(agent: string, question: string): string {
  if (question === '') return `${agent} has no model configured, and its input is empty.`;
  return `${agent} has no model configured. A model would answer here: ${quote(question)}`;
}

function quote(text: string): string {
  return `“${text.replace(/\s+/g, ' ').trim()}”`;
}
