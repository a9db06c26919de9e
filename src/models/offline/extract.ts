/** Extractive text: the sentences of the material that speak to a question, or a plain word that there are none. */
import { selectRelevant } from './bm25.js';
import type { Material } from './material.js';
import { sentences } from './sentences.js';

/** So few sentences are passed on whole: there is nothing to choose. */
const FEW = 3;
const MOST = 5;

/** The readable sentences of all texts; headings say little by themselves and are left out. */
export function listMaterialSentences(material: Material): string[] {
  return material.texts.flatMap((text) =>
    sentences(text)
      .filter(({ kind }) => kind !== 'heading')
      .map((sentence) => sentence.text),
  );
}

/** All that was given: the facts first, then the sentences. */
export function listGivenSentences(material: Material): string[] {
  return [...material.facts, ...listMaterialSentences(material)];
}

/** All that was asked and given as one text, to look for the words of an enum or a union in. */
export function joinMaterial({ question, facts, texts }: Material): string {
  return [question, ...facts, ...texts].join('\n');
}

/** A text answer. It begins with the agent's name wherever it says something of its own. */
export function extractAnswer(agent: string, material: Material): string {
  const available = listGivenSentences(material);
  const about = material.question === '' ? '' : ` on ${quote(material.question)}`;
  if (available.length === 0) return withoutMaterial(agent, material.question);
  if (available.length <= FEW)
    return `${agent} has no model to ask and passes on what it was given${about}: ${joinTexts(available)}`;
  // Without a question, the sentences that share most with the rest stand for the whole.
  const chosen = selectRelevant(available, material.question || available.join(' '), MOST);
  if (chosen.length > 0) return joinTexts(chosen.map(({ text }) => text));
  return `${agent} has no model to ask, and nothing in what it was given speaks to its question${about}.`;
}

/** Sentences as one text: each ends in a stop; code stands in paragraphs of its own. */
export function joinTexts(texts: readonly string[]): string {
  if (texts.some((text) => text.includes('\n'))) return texts.join('\n\n');
  return texts.map((text) => (/[.!?…:;。"”'’)]$/.test(text) ? text : `${text}.`)).join(' ');
}

function withoutMaterial(agent: string, question: string): string {
  if (question === '')
    return `${agent} has no model to ask: none is configured. It was given nothing to work from.`;
  return `${agent} has no model to ask: none is configured. It was asked: ${quote(question)}`;
}

function quote(text: string): string {
  return `“${text.replace(/\s+/g, ' ').trim()}”`;
}
