/** `baton init`: creates a project from a template. */
import { quoteWord } from '../terminal/command-name.js';
import { relative } from 'node:path';
import { z } from 'zod';
import { defineCommand, requireArgument, take } from '../session/command.js';
import type { Session } from '../session/session.js';
import { createProject } from '../init/create-project.js';
import { isFromRegistry, writeTarball, readOwnPackage } from '../init/own-package.js';
import { TEMPLATE_NAMES, TEMPLATES } from '../init/templates.js';

const options = z.object({
  template: take(
    '--template <name>',
    `${TEMPLATE_NAMES.join(', ')} (default: desk)`,
    z.enum(TEMPLATE_NAMES, `must be one of ${TEMPLATE_NAMES.join(', ')}`).default('desk'),
    TEMPLATE_NAMES,
  ),
});

export const initCommand = defineCommand({
  name: 'init',
  args: [
    { name: '[folder]', about: "a new or empty folder; its name becomes the project's", values: 'files' },
  ],
  summary: 'make a project: a typed team, its tools, and a test that runs it',
  options,
  examples: ['baton init letter-desk', 'baton init my-graph --template graph', 'baton init .'],
  run: async (session, args, { template }) => {
    const { screen } = session;
    const given = requireArgument(args, 0, 'The folder');
    const project = await createProject(given, template, readOwnPackage(), (folder) =>
      chooseDependency(session, folder),
    );
    const { palette } = screen;
    const { name, folder, files } = project;
    const way = relative('.', folder);
    const step = (command: string, about: string): string =>
      `  ${palette.quiet('$')} ${command.padEnd(18)}${palette.quiet(about)}`.trimEnd();
    screen.print(
      `${palette.good('✓')} ${palette.strong(name)} is made: ${TEMPLATES[template].about}`,
      `  ${palette.quiet(files.join(', '))}`,
      '',
      ...(way === '' ? [] : [step(`cd ${quoteWord(way)}`, '')]),
      step('npm install', ''),
      step('npm test', 'on a real Temporal dev server, without an API key'),
      step('npm run dev', 'server, worker and inbox page; README.md says how to start a run'),
    );
    screen.document('init', project);
  },
});

/** The version where npm's registry has this package, else a tarball of it in the project; nothing if neither works. */
async function chooseDependency({ screen }: Session, folder: string): Promise<string | undefined> {
  const own = readOwnPackage();
  const { name, version } = own.manifest;
  if (await isFromRegistry(own, folder)) return version;
  screen.note(`Packing ${name} ${version} into the project, because it does not come from npm's registry …`);
  const packed = await writeTarball(folder, own);
  // The version alone could install another package of that name.
  if (packed === undefined)
    screen.note(
      `npm could not pack ${name}, so package.json does not depend on it yet. Run \`npm pack\` in ${own.root}, then \`npm install <the .tgz file>\` in the project.`,
    );
  return packed;
}
