/**
 * Questions for a number of files, lines or packages that no ready-made program counts, and the desk's answer
 * to them.
 */
import { pickProgram } from './programs.js';

const THINGS = String.raw`(?:files?|documents?|pages?|lines?|words|sentences|paragraphs|characters|mentions|occurrences|packages?|dependenc(?:y|ies)|librar(?:y|ies)|modules?)`;
const OWNERS = String.raw`(?:(?:of|among)\s+)?(?:(?:my|our|your|the|all|these|this|installed|direct)\s+)*`;
const PLACE = String.raw`(?:\s+(?:of|in|from)\s+\S+)?`;
const NOT = String.raw`(?:(?:do|does)(?:\s+not|n['’]t)|never)\s+(?:\w+\s+)?`;
const MENTION = String.raw`(?:mention|talk|refer|contain|name|say|describe|cover|speak|include|use)s?\b`;

/** About texts and their words: no document contains such a number. */
const OF_TEXTS = new RegExp(
  String.raw`^(?:in\s+)?(?:how\s+many\s+${OWNERS}${THINGS}${PLACE}\s+(?:${NOT})?|(?:which|what)\s+${OWNERS}${THINGS}${PLACE}\s+${NOT})${MENTION}`,
  'i',
);
/** About texts, or about what the documents describe: "How many files may I send?" */
const OF_THINGS = new RegExp(
  String.raw`^(?:in\s+)?how\s+many\s+${OWNERS}${THINGS}\b|^wie\s*viele\s+(?:dateien|dokumente|seiten|zeilen|wörter|pakete)(?!\p{L})`,
  'iu',
);

/** Whether `question` asks to count texts in a way that no ready-made program does. */
export function asksForOtherCount(question: string): boolean {
  return OF_TEXTS.test(question.trim()) && pickProgram(question) === undefined;
}

/** Whether `question` may ask for a count. If no document answers it, the answer must say so. */
export function mayAskForCount(question: string): boolean {
  return OF_THINGS.test(question.trim());
}

export function uncountable(question: string): string {
  return `No program at hand can count this: ${question}`;
}
