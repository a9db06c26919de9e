/** The templates of `baton init`: the folders of the package that make each project. */

interface Template {
  readonly about: string;
  /** Relative to the package. The examples are projects already, and are not copied into a second folder. */
  readonly folders: readonly string[];
}

export const TEMPLATES = {
  desk: { about: 'agents, tools, and a reply that a person approves', folders: ['templates/desk'] },
  approval: { about: 'an action with approval policies, without agents', folders: ['templates/approval'] },
  graph: { about: 'a state graph of agents', folders: ['examples/graph', 'templates/graph'] },
  crew: { about: 'a crew of agents with tasks', folders: ['examples/crew', 'templates/crew'] },
  swarm: { about: 'a conversation with handoffs', folders: ['examples/chat-desk', 'templates/swarm'] },
} as const satisfies Readonly<Record<string, Template>>;

export type TemplateName = keyof typeof TEMPLATES;

export const TEMPLATE_NAMES = Object.keys(TEMPLATES) as TemplateName[];

/** The files that every project has. */
const COMMON = 'templates/project';

export function listTemplateFolders(name: TemplateName): readonly string[] {
  return [COMMON, ...TEMPLATES[name].folders];
}
