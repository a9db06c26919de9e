/**
 * Records docs/picture.svg: the demo is run, what `baton show` prints of it while it waits, the approval, and how it ends.
 * `npm run record:picture`, after what the terminal prints has changed.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const BATON = join(ROOT, 'dist/src/cli/main.js');
const QUESTION = 'How do I retry a failed activity with a delay in Temporal?';
const COLUMNS = 100;
const ESCAPE = String.fromCodePoint(0x1b);
const ANSI = new RegExp(`(${ESCAPE}${String.raw`\[[\d;]*m`})`, 'g');
/** The run's id is longer than the picture is wide. */
const SHORT = 'research-1';
const CLASSES = { 1: 'bold', 2: 'dim', 31: 'red', 32: 'green', 33: 'yellow', 36: 'cyan' };
const ENDS = { 0: Object.values(CLASSES), 22: ['bold', 'dim'], 39: ['red', 'green', 'yellow', 'cyan'] };
const folder = mkdtempSync(join(tmpdir(), 'baton-picture-'));
const env = { ...process.env, BATON_COMMAND: 'baton', FORCE_COLOR: '1', COLUMNS: String(COLUMNS) };

const baton = (...args) =>
  spawnSync(process.execPath, [BATON, ...args], { cwd: folder, env, encoding: 'utf8' }).stdout.split('\n');

try {
  const demo = spawn(process.execPath, [BATON, 'demo', QUESTION, '--corpus', join(ROOT, 'node_modules')], {
    cwd: folder,
    env: { ...env, FORCE_COLOR: '0' },
  });
  const request = await new Promise((resolve, reject) => {
    let said = '';
    const hear = (data) => {
      const found = /approve (\S+\/[0-9a-f]+)/.exec((said += data));
      if (found) resolve(found[1]);
    };
    demo.stdout.on('data', hear);
    demo.stderr.on('data', hear);
    demo.on('exit', () => reject(new Error(`The demo asked nobody:\n${said}`)));
  });
  const run = request.split('/')[0];
  const ended = new Promise((resolve) => demo.on('exit', resolve));
  const waiting = baton('show', run).map(shorten(run));
  const approved = baton('approve', request, '--by', 'ada').map(shorten(run));
  await ended;
  const after = baton('show', run).map(shorten(run));
  baton('engine', 'stop');
  const lines = [
    `$ npm run demo`,
    ...pick(waiting, /control|work|models/, 4),
    '',
    ...waiting.filter((line) => /[├└]─/.test(line) && /[✓◆✗]/.test(line)),
    '',
    ...waiting.filter((line) =>
      /^┃ +(◆|needs|action|by:|to:|subject:|digest)/.test(line.replaceAll(ANSI, '')),
    ),
    '',
    `$ baton approve ${request}`.replace(run, SHORT),
    ...approved.filter((line) => line.trim() !== ''),
    '',
    ...pick(after, /nothing/, 1),
  ];
  writeFileSync(join(ROOT, 'docs/picture.svg'), toSvg(lines));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function shorten(run) {
  return (line) => line.replaceAll(run, SHORT);
}

/** The first line, and those that match. */
function pick([first, ...rest], wanted, atMost) {
  return [first, ...rest.filter((line) => wanted.test(line.slice(0, 24)))].slice(0, atMost);
}

function toSvg(lines) {
  const [wide, high] = [8.4, 19];
  const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const texts = lines.map((line, index) => {
    const spans = parseAnsi(line).map(({ text, look }) => `<tspan class="${look}">${escape(text)}</tspan>`);
    return `<text x="20" y="${52 + index * high}" xml:space="preserve">${spans.join('')}</text>`;
  });
  const [width, height] = [Math.ceil(COLUMNS * wide + 40), 66 + lines.length * high];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" role="img">`,
    `<title>A run of the research desk in the terminal: agents hand off, a person approves, the run completes</title>`,
    `<style>text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:#d7dce2}`,
    `.bold{font-weight:600}.dim{fill:#8a939f}.green{fill:#5fd38d}.yellow{fill:#f0c060}.red{fill:#ff7b72}.cyan{fill:#6cc7e6}.prompt{fill:#ffffff;font-weight:600}</style>`,
    `<rect width="100%" height="100%" rx="10" fill="#14181d"/>`,
    `<circle cx="22" cy="20" r="6" fill="#ff5f57"/><circle cx="42" cy="20" r="6" fill="#febc2e"/><circle cx="62" cy="20" r="6" fill="#28c840"/>`,
    ...texts,
    '</svg>',
    '',
  ].join('\n');
}

/** A line of a terminal, by how its parts look. */
function parseAnsi(line) {
  if (line.startsWith('$ ')) return [{ text: line, look: 'prompt' }];
  const active = new Set();
  return line.split(ANSI).flatMap((part) => {
    if (!part.startsWith(ESCAPE)) return part === '' ? [] : [{ text: part, look: [...active].join(' ') }];
    for (const code of part.slice(2, -1).split(';')) {
      for (const ended of ENDS[code || 0] ?? []) active.delete(ended);
      if (CLASSES[code]) active.add(CLASSES[code]);
    }
    return [];
  });
}
