/** The keys that CrewAI's files have: what each means here, and which have no effect. */

/** What is done with a key. */
export type KeyUse =
  | { readonly use: 'taken' }
  /** It is known, and what it asks for is not done; why not, in words. */
  | { readonly use: 'none'; readonly why: string };

type Keys = Readonly<Record<string, KeyUse>>;

const createTaken = (...names: readonly string[]): Keys =>
  Object.fromEntries(names.map((name) => [name, { use: 'taken' }]));
/** Known, and without effect for the same reason. */
const createNoUse = (why: string, ...names: readonly string[]): Keys =>
  Object.fromEntries(names.map((name) => [name, { use: 'none', why }]));

const LOOKS = 'every run tells what it does: baton show';
const CODE = 'it names code, which files cannot hold: write the crew in TypeScript for it';

export const AGENT_KEYS: Keys = {
  ...createTaken('role', 'goal', 'backstory', 'tools', 'llm', 'allow_delegation', 'max_iter'),
  ...createNoUse(LOOKS, 'verbose'),
  ...createNoUse('agents share what they know by memory(), declared in TypeScript', 'memory'),
  ...createNoUse('a result that is there is not fetched again by a replay', 'cache'),
  ...createNoUse(
    'use the budgets of Baton: turns, tokens, cost, wallTime',
    'max_rpm',
    'max_execution_time',
    'max_tokens',
  ),
  ...createNoUse('failures are retried by the recovery policy', 'max_retry_limit'),
  ...createNoUse('what does not fit is summarised by itself', 'respect_context_window'),
  ...createNoUse('one model an agent', 'function_calling_llm'),
  ...createNoUse(CODE, 'step_callback', 'system_template', 'prompt_template', 'response_template'),
  ...createNoUse('give it a tool that executes code', 'allow_code_execution', 'code_execution_mode'),
  ...createNoUse('there always is one', 'use_system_prompt'),
  ...createNoUse('texts only', 'multimodal'),
  ...createNoUse('pass the date as an input', 'inject_date', 'date_format'),
  ...createNoUse('models reason by themselves', 'reasoning', 'max_reasoning_attempts'),
  ...createNoUse(CODE, 'knowledge_sources', 'embedder'),
  ...createNoUse('configure the model under "models"', 'temperature'),
};

export const TASK_KEYS: Keys = {
  ...createTaken(
    'description',
    'expected_output',
    'agent',
    'context',
    'tools',
    'async_execution',
    'human_input',
  ),
  ...createTaken('output_file', 'guardrail', 'guardrails', 'guardrail_max_retries', 'max_retries'),
  ...createNoUse('a task is named by its key', 'name'),
  ...createNoUse('folders are made as they are needed', 'create_directory'),
  ...createNoUse('say so in expected_output', 'markdown'),
  ...createNoUse(LOOKS, 'verbose'),
  ...createNoUse(
    CODE,
    'callback',
    'config',
    'converter_cls',
    'output_json',
    'output_pydantic',
    'response_model',
  ),
  ...createNoUse(CODE, 'condition', 'security_config', 'input_files', 'allow_crewai_trigger_context'),
};

/** The known key that somebody may have meant: at most two letters away. */
export function findNearestKey(key: string, known: Keys): string | undefined {
  const plain = key.toLowerCase().replaceAll('-', '_');
  const [best] = Object.keys(known)
    .map((name) => ({ name, away: computeDistance(plain, name) }))
    .toSorted((a, b) => a.away - b.away);
  return best !== undefined && best.away <= 2 ? best.name : undefined;
}

/** How many letters have to be put in, createTaken out or changed. */
function computeDistance(a: string, b: string): number {
  let before = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const changed = (before[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(changed, (before[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    before = row;
  }
  return before[b.length] ?? 0;
}
