/** The parts of a prompt, as text. */
import type { PromptSection } from '../../contracts/wire/prompts.js';

type Section = PromptSection['section'];

const NAMES: Readonly<Record<Section, string>> = {
  'system-prompt': 'system prompt',
  tools: 'tools',
  'output-schema': 'output schema',
  context: 'context from an earlier conversation',
  task: 'task, with what was handed off',
  message: 'message of a person',
  repair: 'request to repair the answer',
  'tool-result': 'result of a tool',
  'earlier-answer': 'earlier answer',
};

export function describeSection(section: Section): string {
  return NAMES[section];
}

/** The number and the tokens of each kind of part, in the order in which they first come. */
export function sumSections(
  sections: readonly PromptSection[],
): { readonly section: Section; readonly count: number; readonly tokens: number }[] {
  const kinds = [...new Set(sections.map(({ section }) => section))];
  return kinds.map((section) => {
    const own = sections.filter((each) => each.section === section);
    return { section, count: own.length, tokens: own.reduce((sum, { tokens }) => sum + tokens, 0) };
  });
}
