/** Which permissions a configuration's tools need: each has a separate queue. */
import type { LoadedConfig } from './load-config.js';

/** In alphabetical order, each once; of the tools that agents name, implemented here or not. */
export function listToolPermissions(config: Pick<LoadedConfig, 'definitions' | 'tools'>): readonly string[] {
  const defined = config.definitions.filter((definition) => definition.kind === 'tool');
  const tools = [...defined, ...config.tools.map(({ tool }) => tool)];
  return [...new Set(tools.flatMap(({ permission }) => permission ?? []))].toSorted((a, b) =>
    a.localeCompare(b),
  );
}
