/** `baton init`: creates a project from the starter template. */
import { quoteWord } from '../terminal/command-name.js';
import { relative } from 'node:path';
import { defineCommand, NO_OPTIONS, requireArgument } from '../session/command.js';
import { createProject } from '../init/create-project.js';

export const initCommand = defineCommand({
  name: 'init',
  args: [
    { name: '[folder]', about: "a new or empty folder; its name becomes the project's", values: 'files' },
  ],
  summary: 'make a project: a typed team, its tools, and a test that runs it',
  options: NO_OPTIONS,
  examples: ['baton init letter-desk', 'baton init .'],
  run: ({ screen }, args) => {
    const project = createProject(requireArgument(args, 0, 'The folder'));
    const { palette } = screen;
    const { name, folder, files } = project;
    const way = relative('.', folder);
    const step = (command: string, about: string): string =>
      `  ${palette.quiet('$')} ${command.padEnd(18)}${palette.quiet(about)}`.trimEnd();
    screen.print(
      `${palette.good('✓')} ${palette.strong(name)} is made: ${files.join(', ')}`,
      '',
      ...(way === '' ? [] : [step(`cd ${quoteWord(way)}`, '')]),
      step('npm install', ''),
      step('npm test', 'the team on a real dev server, with scripted models'),
      step('npm run dev', 'engine and worker; README.md says how to start a run'),
    );
    screen.document('init', project);
    return Promise.resolve();
  },
});
