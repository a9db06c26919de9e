import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readAssigned } from './assigned.js';
import { findCrewFiles } from './find-files.js';
import { readCrew, type CrewChoices, type ReadCrew } from './read-crew.js';
import { YamlFile } from './yaml-file.js';

const FIXTURES = fileURLToPath(new URL('../../../test/fixtures/crew-files', import.meta.url));
const choices: CrewChoices = {
  process: 'sequential',
  models: ['default'],
  tools: ['PriceLookup', 'Counter'],
};
const shape = (name: string, more: Partial<CrewChoices> = {}): ReadCrew =>
  readCrew(findCrewFiles(name, FIXTURES), { ...choices, ...more });

describe('crew files: shapes of public projects', () => {
  test('the template of crewai create: folded texts, placeholders in roles, files below src', () => {
    const { spec, warnings, open } = shape('template');
    expect(spec).toMatchObject({
      name: 'template',
      process: 'sequential',
      agents: [
        { name: 'scout', role: '{topic} Scout', goal: 'Find what is new about {topic}', tools: [] },
        { name: 'columnist' },
      ],
      tasks: [
        { name: 'scouting_task', agent: 'scout', expectedOutput: 'A list of ten points about {topic}' },
        { name: 'column_task', agent: 'columnist', outputFile: 'column.md' },
      ],
    });
    expect(spec.agents[0]?.backstory).toBe(
      'You have walked through every garden there is, and you remember what grew where. You are known for finding what matters about {topic}.',
    );
    expect(warnings).toEqual([]);
    expect(open).toContainEqual({
      name: 'current_year',
      at: 'template/src/garden_press/config/tasks.yaml:3',
    });
    expect(open).toContainEqual({ name: 'topic', at: 'template/src/garden_press/config/agents.yaml:8' });
  });

  test('context, human review, files: a task may use one that comes later in the file', () => {
    const { spec, warnings, open } = shape('context');
    expect(spec.tasks.map(({ name }) => name)).toEqual(['prices', 'sales', 'plan']);
    expect(spec.tasks[2]).toMatchObject({
      context: ['prices', 'sales'],
      humanReview: true,
      outputFile: 'plans/{week}.md',
    });
    expect(spec.agents[0]?.tools).toEqual(['PriceLookup']);
    expect(warnings).toEqual([
      'context/config/agents.yaml:12: verbose of agent baker has no effect: every run tells what it does: baton show.',
    ]);
    expect(open).toEqual([{ name: 'week', at: 'context/config/tasks.yaml:9' }]);
  });

  test('flow mappings, .yml, work side by side, limits', () => {
    expect(shape('beside').spec).toEqual({
      name: 'beside',
      process: 'sequential',
      agents: [
        { name: 'reader', role: 'Reader', goal: 'Read', backstory: 'You read.', tools: [], maxIterations: 5 },
        {
          name: 'critic',
          role: 'Critic',
          goal: 'Judge',
          backstory: 'You judge.',
          tools: [],
          allowDelegation: true,
        },
      ],
      tasks: [
        {
          name: 'one',
          description: 'Read the first chapter.',
          expectedOutput: 'A summary.',
          agent: 'reader',
          async: true,
        },
        {
          name: 'two',
          description: 'Read the second chapter.',
          expectedOutput: 'A summary.',
          agent: 'reader',
          async: true,
        },
        {
          name: 'both',
          description: 'Judge both.',
          expectedOutput: 'A verdict.',
          agent: 'critic',
          context: ['one', 'two'],
        },
      ],
    });
  });

  test('hierarchical: a manager assigns the tasks; a warning names the provider model and limits, which have no effect', () => {
    const { spec, warnings } = shape('managed', { process: 'hierarchical', manager: 'lead' });
    expect(spec).toMatchObject({
      process: 'hierarchical',
      manager: 'lead',
      tasks: [{ name: 'walls' }, { name: 'roof' }],
    });
    expect(spec.tasks[0]).not.toHaveProperty('agent');
    expect(warnings.map((each) => each.slice(0, 60))).toEqual([
      'managed/agents.yaml:5: llm: openai/some-model has no effect:',
      'managed/agents.yaml:11: max_rpm of agent mason has no effect',
      'managed/agents.yaml:12: memory of agent mason has no effect:',
    ]);
    expect(
      shape('managed', { process: 'hierarchical', models: ['openai/some-model'] }).spec.agents[0],
    ).toMatchObject({
      model: 'openai/some-model',
    });
  });

  test("anchors, merges and quotes; a tool of a task is its agent's; braces of JSON are text", () => {
    const { spec, open } = shape('anchors');
    expect(spec.agents).toEqual([
      {
        name: 'analyst',
        role: 'Analyst',
        goal: 'Count',
        backstory: 'You count.\nTwice.',
        tools: ['Counter', 'PriceLookup'],
      },
      {
        name: 'auditor',
        role: 'Auditor',
        goal: 'Count',
        backstory: 'You count.\nTwice.',
        tools: ['Counter'],
      },
    ]);
    expect(spec.tasks).toMatchObject([
      { name: 'shared', guardrail: ['It holds a number.'], guardrailRetries: 2 },
      { name: 'again', agent: 'auditor', description: 'Count the {things}.' },
    ]);
    expect([...new Set(open.map(({ name }) => name))]).toEqual(['things']);
  });
});

describe('crew files: tasks whose agents are named in crew.py', () => {
  const why = (more: Partial<CrewChoices> = {}): string => {
    try {
      shape('coded', more);
      return 'read';
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  };

  test('crew.py: nothing is guessed; the error names each task and offers the assignments in the code', () => {
    const folder = 'coded/src/coded_mill';
    expect(why()).toBe(
      [
        `${folder}/config/tasks.yaml:1: task grind has no agent, nor have bake (line 4).`,
        `Name one of miller, baker with "agent:", or say it here, as ${folder}/crew.py does:`,
        '  --assign grind=miller,bake=baker',
        'With --process hierarchical a manager gives the tasks',
      ].join('\n'),
    );
    expect(why({ assigned: { grind: 'miller' } })).toContain('config/tasks.yaml:4: task bake has no agent.');
  });

  test('--assign: it overrides the file, and the warnings name the code that is not read', () => {
    const { spec, warnings } = shape('coded', {
      assigned: readAssigned('grind=miller, bake=baker,taste=miller'),
    });
    expect(spec.tasks.map(({ name, agent }) => [name, agent])).toEqual([
      ['grind', 'miller'],
      ['bake', 'baker'],
      ['taste', 'miller'],
    ]);
    expect(warnings).toEqual([
      'coded/src/coded_mill/crew.py says tools, output_file in code, which is not read. Say it in the files, or write the crew in TypeScript.',
    ]);
    expect(shape('coded', { process: 'hierarchical' }).spec.tasks[0]).not.toHaveProperty('agent');
  });

  test.each([
    ['grind', /--assign has TASK=AGENT,TASK=AGENT, not "grind"/],
    ['grind=a=b', /not "grind=a=b"/],
    ['grin=miller', /--assign grin=miller names no task grin: there are grind, bake, taste/],
    ['grind=mill', /--assign grind=mill names no agent mill: there are miller, baker/],
  ])('--assign: an invalid assignment is refused: %s', (text, message) => {
    expect(() => shape('coded', { assigned: readAssigned(text) })).toThrow(message);
  });
});

const AGENTS = 'a:\n  role: R\n  goal: G\n  backstory: B\n';
const TASKS = 't:\n  description: D\n  expected_output: E\n  agent: a\n';
const read = (agents: string, tasks: string, more: Partial<CrewChoices> = {}): ReadCrew =>
  readCrew(
    { name: 'c', agents: new YamlFile('agents.yaml', agents), tasks: new YamlFile('tasks.yaml', tasks) },
    { ...choices, ...more },
  );

describe('crew files: errors name the file and line', () => {
  test.each([
    ['a tab', 'a:\n\trole: R\n', TASKS, /^agents\.yaml:2: /],
    ['a key twice', `${AGENTS}a:\n  role: R\n`, TASKS, /^agents\.yaml:5: .*unique/],
    ['nothing', '', TASKS, /^agents\.yaml:1: it has no agents/],
    [
      'a list',
      '- a\n',
      TASKS,
      /^agents\.yaml:1: it is a list, and must be a mapping: each of its agents is a key with a mapping below it/,
    ],
    [
      'blocks that others are made from alone',
      'd: &d\n  goal: G\n',
      TASKS,
      /^agents\.yaml:1: it has no agents/,
    ],
    ['an agent that is text', 'a: hello\n', TASKS, /^agents\.yaml:1: agent a is not a mapping/],
    ['no role', 'a:\n  goal: G\n  backstory: B\n', TASKS, /^agents\.yaml:1: agent a has no role/],
    [
      'a role that is a list',
      'a:\n  role: [R]\n  goal: G\n  backstory: B\n',
      TASKS,
      /^agents\.yaml:2: role of agent a is/,
    ],
    [
      'a flag that is text',
      `${AGENTS}  allow_delegation: maybe\n`,
      TASKS,
      /^agents\.yaml:5: allow_delegation of agent a is "?maybe"?, and must be true or false/,
    ],
    ['a limit that is text', `${AGENTS}  max_iter: many\n`, TASKS, /^agents\.yaml:5: max_iter of agent a/],
    [
      'a tool that nobody gives',
      `${AGENTS}  tools:\n    - Counter\n    - SerperDevTool\n`,
      TASKS,
      /^agents\.yaml:7: the tool "?SerperDevTool"? stands for nothing: map it .*crewTools.*it has: PriceLookup, Counter/,
    ],
    [
      'an agent that is not there',
      AGENTS,
      TASKS.replace('agent: a', 'agent: b'),
      /^tasks\.yaml:4: task t is for "?b"?, and agents\.yaml has no such agent\. It has: a/,
    ],
    ['no agent', AGENTS, TASKS.replace('  agent: a\n', ''), /^tasks\.yaml:1: task t has no agent/],
    [
      'a context that is not there',
      AGENTS,
      `${TASKS}  context:\n    - t2\n`,
      /^tasks\.yaml:6: task t has t2 as context, and there is no such task\. There are: t/,
    ],
    [
      'itself as context',
      AGENTS,
      `${TASKS}  context: [t]\n`,
      /^tasks\.yaml:5: the context goes in a circle: t needs t/,
    ],
    [
      'a circle',
      AGENTS,
      `${TASKS}  context: [u]\n${TASKS.replace('t:', 'u:').replace('expec', 'expec')}  context: [v]\n${TASKS.replace('t:', 'v:')}  context: [u]\n`,
      /^tasks\.yaml:15: the context goes in a circle: u needs v needs u/,
    ],
    [
      'a field under a name that is nearly right',
      AGENTS,
      TASKS.replace('expected_output', 'expectedOutput'),
      /^tasks\.yaml:3: task t has no expected_output\. expectedOutput is not known: did you mean it\?/,
    ],
  ])('%s', (_what, agents, tasks, message) => {
    expect(() => read(agents, tasks)).toThrow(message);
  });

  test.each(['../report.md', 'a/../../report.md', '/tmp/report.md', '..'])('an output file at %s', (path) => {
    expect(() => read(AGENTS, `${TASKS}  output_file: ${path}\n`)).toThrow(
      /^tasks\.yaml:5: output_file of task t is ".*", which is not below the folder for outputs: name it from there, as "report\.md"/,
    );
  });

  test('a manager needs a hierarchical crew, and must be there', () => {
    expect(() => read(AGENTS, TASKS, { manager: 'a' })).toThrow(/add --process hierarchical/);
    expect(() => read(AGENTS, TASKS, { manager: 'b', process: 'hierarchical' })).toThrow(
      /no agent b to manage/,
    );
  });

  test('keys: a key that is not a valid name is replaced with one from its text or position, with all references to it', () => {
    const agents = ['"Senior Writer"', '研究员', 'Senior_Writer'].map((key) =>
      AGENTS.replace('a:', `${key}:`),
    );
    const tasks = [
      TASKS.replace('t:', '研究任务:').replace('agent: a', 'agent: 研究员'),
      TASKS.replace('t:', '"Write it":').replace('agent: a', 'agent: Senior Writer'),
    ];
    const { spec, warnings } = read(agents.join(''), `${tasks.join('')}  context: [研究任务]\n`, {
      assigned: readAssigned('研究任务=Senior Writer'),
    });
    expect(spec.agents.map(({ name }) => name)).toEqual(['agent_1', 'agent_2', 'Senior_Writer']);
    expect(spec.tasks).toMatchObject([
      { name: 'task_1', agent: 'agent_1' },
      { name: 'Write_it', agent: 'agent_1', context: ['task_1'] },
    ]);
    expect(warnings).toContainEqual(expect.stringMatching(/^agents\.yaml:5: agent 研究员 is called agent_2/));
    const managed = { process: 'hierarchical', manager: '研究员' } as const;
    expect(read(agents.join(''), TASKS.replace('  agent: a\n', ''), managed).spec.manager).toBe('agent_2');
  });

  test('YAML: a block that only serves as an anchor is not an agent or task, and an empty expected output is a warning', () => {
    const defaults = 'defaults: &defaults\n  backstory: B\n';
    const { spec, warnings } = read(
      `${defaults}a:\n  <<: *defaults\n  role: R\n  goal: G\n`,
      `about: &about\n  expected_output: >\n\nt:\n  <<: *about\n  description: D\n  agent: a\n`,
    );
    expect(spec.agents.map(({ name, backstory }) => [name, backstory])).toEqual([['a', 'B']]);
    expect(spec.tasks).toMatchObject([{ name: 't', expectedOutput: '' }]);
    expect(warnings).toEqual([
      'agents.yaml:1: defaults has no role, and is left out: only what is made from it counts.',
      'tasks.yaml:1: about has no description, and is left out: only what is made from it counts.',
      'tasks.yaml:2: expected_output of task t is empty: the agent gets nothing for it.',
    ]);
  });

  test('keys: a warning names each unknown key, with a suggestion', () => {
    const { warnings } = read(`${AGENTS}  back_story: B\n  alow_delegation: true\n  shoe_size: 42\n`, TASKS);
    expect(warnings).toEqual([
      'agents.yaml:5: back_story of agent a is not known, and has no effect. Did you mean backstory?',
      'agents.yaml:6: alow_delegation of agent a is not known, and has no effect. Did you mean allow_delegation?',
      'agents.yaml:7: shoe_size of agent a is not known, and has no effect.',
    ]);
  });

  test('files: the error names the places where the files were looked for', () => {
    expect(() => findCrewFiles('nowhere', FIXTURES)).toThrow('There is no folder nowhere');
    expect(() => findCrewFiles('.', FIXTURES)).toThrow(
      /has no agents\.yaml\. Looked for: agents\.yaml, config\/agents\.yaml/,
    );
  });
});
