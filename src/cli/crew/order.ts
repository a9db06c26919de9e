/** The order in which tasks run: the order of the file, but each task after the tasks in its `context`. */
import type { CrewTaskSpec } from '../../contracts/crew/spec.js';
import type { YamlFile } from './yaml-file.js';

/** A task as read from the file. */
export interface ReadTask {
  readonly spec: CrewTaskSpec;
  readonly line: number;
  /** The line of each context entry, by name. */
  readonly lines: ReadonlyMap<string, number>;
  /** Tools that the file assigns to this task only. */
  readonly tools: readonly string[];
}

/**
 * @throws {BatonError} `BAD_INPUT` with file and line, for a context entry that is not a task, or a circular
 * context.
 */
export function sortTasks(file: YamlFile, tasks: readonly ReadTask[]): ReadTask[] {
  const byName = new Map(tasks.map((task) => [task.spec.name, task]));
  const ordered = new Set<ReadTask>();
  const visit = (task: ReadTask, way: readonly string[]): void => {
    if (ordered.has(task)) return;
    const { name, context = [] } = task.spec;
    for (const needed of context) {
      const line = task.lines.get(needed) ?? task.line;
      const other = byName.get(needed);
      if (other === undefined)
        throw file.wrong(
          line,
          `task ${name} has ${needed} as context, and there is no such task. There are: ${[...byName.keys()].join(', ')}`,
        );
      const circle = [...way, name];
      const begins = circle.indexOf(needed);
      if (begins >= 0)
        throw file.wrong(
          line,
          `the context goes in a circle: ${[...circle.slice(begins), needed].join(' needs ')}`,
        );
      visit(other, circle);
    }
    ordered.add(task);
  };
  for (const task of tasks) visit(task, []);
  return [...ordered];
}
