/** Finds a project's `agents.yaml` and `tasks.yaml`: in the layout of CrewAI's template, or next to each other. */
import { defined } from '../../contracts/data/defined.js';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { createInputError } from '../../contracts/errors.js';
import { findCrewCode, type CrewCode } from './crew-code.js';
import { YamlFile } from './yaml-file.js';

export interface CrewFiles {
  /** The crew's name: its folder's name, without the characters that a name cannot have. */
  readonly name: string;
  readonly agents: YamlFile;
  readonly tasks: YamlFile;
  readonly code?: CrewCode;
}

/** @throws {BatonError} `BAD_INPUT` naming the searched folders when there are no such files. */
export function findCrewFiles(given: string, cwd = process.cwd()): CrewFiles {
  const folder = resolve(cwd, given);
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw createInputError(`There is no folder ${given}. Name the one that has agents.yaml and tasks.yaml.`);
  const places = [folder, join(folder, 'config'), ...listPackages(folder)];
  const found = places.find((place) => findFile(place, 'agents') !== undefined);
  if (found === undefined) {
    const looked = places.map((place) => join(relative(cwd, place) || '.', 'agents.yaml')).join(', ');
    throw createInputError(`${given} has no agents.yaml. Looked for: ${looked}.`, {
      folder: given,
    });
  }
  const code = findCrewCode(found, cwd);
  return {
    name: readName(folder),
    agents: read(found, 'agents', cwd),
    tasks: read(found, 'tasks', cwd),
    ...defined({ code }),
  };
}

/** `src/NAME/config`, as `crewai create` lays it out. */
function listPackages(folder: string): string[] {
  const src = join(folder, 'src');
  if (!existsSync(src)) return [];
  return readdirSync(src).flatMap((name) => [join(src, name, 'config'), join(src, name)]);
}

function findFile(folder: string, what: string): string | undefined {
  return [`${what}.yaml`, `${what}.yml`].map((name) => join(folder, name)).find((path) => existsSync(path));
}

function read(folder: string, what: 'agents' | 'tasks', cwd: string): YamlFile {
  const path = findFile(folder, what);
  if (path !== undefined) return YamlFile.read(path, relative(cwd, path));
  const wanted = join(relative(cwd, folder) || '.', `${what}.yaml`);
  throw createInputError(`There is no ${wanted}. The crew's other files are there.`, {
    file: wanted,
  });
}

function readName(folder: string): string {
  const plain = basename(folder)
    .replaceAll(/[^A-Za-z0-9_-]+/g, '-')
    .replaceAll(/^[^A-Za-z]+|-+$/g, '');
  return plain === '' ? 'crew' : plain.slice(0, 64);
}
