/**
 * Ready-made programs that need no model. Each is JavaScript for `run_program`: it reads counts of the corpus
 * and parameters, and returns a `Count`. Its numbers come only from the files.
 */
import { z } from 'zod';

/** The result of each program. */
export const Count = z.object({
  answer: z.string().describe('A sentence with the number.'),
  number: z.number().nullable().describe('The number that was asked for; null without one.'),
  rows: z
    .array(z.object({ name: z.string(), number: z.number() }))
    .describe('The counts, best first; at most as many as were asked for.'),
});
export type Count = z.infer<typeof Count>;

const BEGIN = `
const { data, facts } = input;
const [term, other] = facts.terms.map((each) => '"' + each + '"');
const UNITS = { times: 'mention', lines: 'line', files: 'file' };
const amount = (number, unit) => number + ' ' + unit + (number === 1 ? '' : 's');
const measured = (number) => amount(number, UNITS[data.measure]);
const within = facts.scope === null ? '' : ' in ' + facts.scope.packages.join(', ');
const finish = (answer, number, rows) => ({
  answer: answer + (facts.complete ? '' : ' The corpus is too large to be read whole; this is the part that was read.'),
  number,
  rows: rows.slice(0, data.top),
});
const sorted = (rows) =>
  rows.toSorted((a, b) => (data.least ? a.number - b.number : b.number - a.number) || (a.name < b.name ? -1 : 1));
const listed = (rows) => rows.map((row) => row.name + ' (' + row.number + ')').join(', ');
const packages = facts.packages.filter((each) => each.name !== '' && (each.direct || !data.directOnly));
const kind = data.directOnly ? 'direct dependenc' : 'package';
const all = (number) => number + ' ' + kind + (data.directOnly ? (number === 1 ? 'y' : 'ies') : number === 1 ? '' : 's');
if (facts.scope !== null && facts.scope.packages.length === 0)
  return finish('There is no package "' + facts.scope.asked + '" in the corpus.', null, []);
`;

const LEADER = `
const best = rows.filter((row) => row.number === rows[0].number);
const rest = rows.slice(best.length, data.top);
const names = best.slice(0, 5).map((row) => row.name).join(', ') + (best.length > 5 ? ' and ' + (best.length - 5) + ' more' : '');
const then = rest.length === 0 ? '' : ' Then come ' + listed(rest) + '.';
`;

export const SOURCES = {
  'rank-packages': `${BEGIN}
const rows = sorted(packages.map(({ name, counts }) => ({ name, number: counts[0][data.measure] })).filter((row) => row.number > 0));
if (rows.length === 0) return finish('Of ' + all(packages.length) + ' none mentions ' + term + '.', 0, []);
${LEADER}
return finish(names + (best.length === 1 ? ' mentions ' : ' mention ') + term + (data.least ? ' least' : ' most') + ', with ' +
  measured(rows[0].number) + (best.length === 1 ? '' : ' each') + '.' + then + ' In all, ' + rows.length + ' of ' + all(packages.length) + ' mention it.', rows[0].number, rows);`,

  'rank-files': `${BEGIN}
const rows = sorted(facts.files.map(({ file, counts }) => ({ name: file, number: counts[0][data.measure] })).filter((row) => row.number > 0));
if (rows.length === 0) return finish('No file' + within + ' mentions ' + term + '.', 0, []);
${LEADER}
return finish(names + (best.length === 1 ? ' has' : ' have') + (data.least ? ' the fewest ' : ' the most ') + UNITS[data.measure] + 's with ' + term + within + ': ' +
  rows[0].number + (best.length === 1 ? '' : ' each') + '.' + then, rows[0].number, rows);`,

  'count-packages': `${BEGIN}
const rows = sorted(packages.map(({ name, counts }) => ({ name, number: counts[0].times })).filter((row) => (row.number > 0) !== data.without));
const names = rows.slice(0, data.top).map((row) => row.name).join(', ');
return finish('Of ' + all(packages.length) + ', ' + rows.length + (data.without ? (rows.length === 1 ? ' does not mention ' : ' do not mention ') : (rows.length === 1 ? ' mentions ' : ' mention ')) + term +
  (rows.length === 0 ? '.' : (rows.length > data.top ? ', among them ' : ': ') + names + '.'), rows.length, rows);`,

  'count-typed': `${BEGIN}
const rows = sorted(packages.map(({ name, declarations }) => ({ name, number: declarations })).filter((row) => (row.number > 0) !== data.without));
const some = data.without ? rows.map((row) => row.name).slice(0, data.top).join(', ') : listed(rows.slice(0, data.top));
return finish('Of ' + all(packages.length) + ' with documents, ' + rows.length + (data.without ? (rows.length === 1 ? ' ships no' : ' ship no') : (rows.length === 1 ? ' ships' : ' ship')) + ' type declarations' +
  (rows.length === 0 ? '.' : data.without ? ', among them ' + some + '.' : '; most files of them have ' + some + '.'), rows.length, rows);`,

  'count-files': `${BEGIN}
const rows = sorted(facts.files.map(({ file, counts }) => ({ name: file, number: counts[0].times })).filter((row) => row.number > 0));
const mentioning = facts.packages.reduce((sum, each) => sum + each.counts[0].files, 0);
const files = facts.packages.reduce((sum, each) => sum + each.files, 0);
const number = data.without ? files - mentioning : mentioning;
const verb = data.without ? (number === 1 ? ' does not mention ' : ' do not mention ') : (number === 1 ? ' mentions ' : ' mention ');
return finish('Of ' + amount(files, 'file') + within + ', ' + number + verb + term + '.', number, data.without ? [] : rows);`,

  'count-mentions': `${BEGIN}
const total = (measure) => facts.packages.reduce((sum, each) => sum + each.counts[0][measure], 0);
const rows = sorted(facts.packages.map(({ name, counts }) => ({ name, number: counts[0][data.measure] })).filter((row) => row.number > 0));
return finish(term + ' stands' + within + ' ' + amount(total('times'), 'time') + ', on ' + amount(total('lines'), 'line') + ' of ' + amount(total('files'), 'file') + '.', total(data.measure), rows);`,

  'compare-terms': `${BEGIN}
const rows = sorted(facts.terms.map((name, at) => ({
  name,
  number: data.measure === 'packages'
    ? packages.filter(({ counts }) => counts[at].times > 0).length
    : facts.packages.reduce((sum, each) => sum + each.counts[at][data.measure], 0),
})));
const [more, less] = rows;
const unit = data.measure === 'packages' ? 'package' : UNITS[data.measure];
const both = term + ' and ' + other;
return finish(more.number === less.number ? both + ' are even' + within + ', with ' + amount(more.number, unit) + ' each.'
  : '"' + more.name + '" is mentioned more than "' + less.name + '"' + within + ': ' + amount(more.number, unit) + ' against ' + less.number + '.', more.number, rows);`,

  'rank-sizes': `${BEGIN}
const rows = sorted(packages.map(({ name, ...each }) => ({ name, number: each[data.measure] })));
if (rows.length === 0) return finish('There are no packages in the corpus.', 0, []);
${LEADER}
return finish(names + (best.length === 1 ? ' has' : ' have') + (data.least ? ' the fewest ' : ' the most ') + UNITS[data.measure] + 's of documents: ' + rows[0].number +
  (best.length === 1 ? '' : ' each') + '.' + then, rows[0].number, rows);`,

  'count-corpus': `${BEGIN}
const total = (measure) => facts.packages.reduce((sum, each) => sum + each[measure], 0);
const number = data.measure === 'packages' ? packages.length : total(data.measure);
return finish('There are ' + all(packages.length) + ' with documents' + within + ': ' + amount(total('files'), 'file') + ' and ' + amount(total('lines'), 'line') + '.', number, []);`,
} as const;

export type ProgramName = keyof typeof SOURCES;
