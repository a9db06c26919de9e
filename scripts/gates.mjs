/**
 * The checks that need no test runner, each one command. Every tool is a devDependency, so that a fresh machine
 * with Node has them after `npm ci`.
 */
const node = (script, ...args) => [process.execPath, [`node_modules/${script}`, ...args]];

/** In one thread: several check much of the same types, each for itself, and the gates have the cores already. */
const compiles = (project) => node('typescript/bin/tsc', '--noEmit', '--singleThreaded', '-p', project);

export const GATES = [
  {
    name: 'format',
    means: 'prettier finds nothing to change',
    run: node('prettier/bin/prettier.cjs', '--check', '.'),
  },
  {
    name: 'lint',
    means: 'oxlint with types: promises, any, imports by folder, what breaks replay',
    run: node('oxlint/bin/oxlint', '--type-aware', '--deny-warnings', '--report-unused-disable-directives'),
  },
  {
    name: 'types',
    means: 'source, examples, tests and type tests compile',
    run: compiles('tsconfig.json'),
  },
  {
    name: 'page types',
    means: 'the script of the inbox page compiles where there is a browser and no Node',
    run: compiles('src/inbox/page'),
  },
  {
    name: 'sandbox types',
    means: 'contracts and workflows compile where there is no Node and no browser',
    run: compiles('tsconfig.sandbox.json'),
  },
];
