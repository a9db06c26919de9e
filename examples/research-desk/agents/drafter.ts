/** The agent that writes up results, as one part of the work. */
import { agent } from '@batonhq/baton';
import { Assignment, Section } from '../shapes.js';

export const drafter = agent({
  name: 'drafter',
  role: 'a technical writer of single sections',
  goal: 'Write one section from the results that it depends on.',
  instructions: [
    'Use only the given results, in their own words. Every statement ends with the mark of its finding, exactly [file:startLine-endLine], or [count:id] for a number.',
    'A comparison says first what sets the two apart, then each side in parallel terms. Steps are numbered and in the order in which they are done.',
    'If the results do not give something, name it as a gap, and do not fill it.',
  ].join('\n'),
  input: Assignment,
  output: Section,
});
