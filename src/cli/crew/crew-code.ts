/**
 * The settings that a project's `crew.py` makes in code. Baton never runs this code and never uses its values. It reports
 * what it recognises, so that a person can set it.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

export interface CrewCode {
  /** The file's name in messages. */
  readonly name: string;
  /** The agents of tasks, where the code says it plainly. */
  readonly agents: ReadonlyMap<string, string>;
  /** Other settings in the code that take effect in CrewAI. */
  readonly says: readonly string[];
}

const TELLING = [
  'context',
  'tools',
  'output_file',
  'output_json',
  'output_pydantic',
  'guardrail',
  'human_input',
];

/** The Python file that reads the YAML files: in their folder, or in its parent folder. */
export function findCrewCode(folder: string, cwd: string): CrewCode | undefined {
  const files = [folder, dirname(folder)].flatMap((place) =>
    !existsSync(place)
      ? []
      : readdirSync(place)
          .filter((file) => file.endsWith('.py'))
          .toSorted((a, b) => Number(b === 'crew.py') - Number(a === 'crew.py'))
          .map((file) => join(place, file)),
  );
  for (const file of files) {
    const code = readFileSync(file, 'utf8');
    if (code.includes('tasks_config')) return readCode(relative(cwd, file), code);
  }
  return undefined;
}

function readCode(name: string, whole: string): CrewCode {
  const code = whole.replaceAll(/^\s*#.*$/gm, '');
  const methods = code.split(/^[ \t]*(?=def\s)/m).map((text) => ({
    name: /^def\s+(\w+)/.exec(text)?.[1] ?? '',
    agent: findKey(text, 'agents_config'),
    task: findKey(text, 'tasks_config'),
    by: /\bagent\s*=\s*self\.(\w+)\(/.exec(text)?.[1],
  }));
  const agents = new Map<string, string>();
  for (const { task, by } of methods) {
    const agent = methods.find((each) => each.name === by)?.agent;
    if (task !== undefined && agent !== undefined) agents.set(task, agent);
  }
  const says = TELLING.filter((key) => new RegExp(`\\b${key}\\s*=`).test(code));
  return {
    name,
    agents,
    says: /Process\.hierarchical/.test(code) ? [...says, 'Process.hierarchical'] : says,
  };
}

/** Finds the key in code, e.g. `write_task` in `self.tasks_config['write_task']`. */
function findKey(text: string, config: string): string | undefined {
  return new RegExp(`${config}\\[\\s*['"]([^'"]+)['"]`).exec(text)?.[1];
}
