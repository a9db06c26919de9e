/** The keys of CrewAI's files: what each does here, and which have no effect. */
import { findNearest } from '../../contracts/data/nearest.js';

/** How Baton uses a key. */
export type KeyUse =
  | { readonly use: 'taken' }
  /** A known key without effect, with the reason in words. */
  | { readonly use: 'none'; readonly why: string };

type Keys = Readonly<Record<string, KeyUse>>;

const createTaken = (...names: readonly string[]): Keys =>
  Object.fromEntries(names.map((name) => [name, { use: 'taken' }]));
/** Known keys that have no effect for the same reason. */
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
  ...createNoUse(
    'Baton summarizes conversations automatically; outputs of earlier tasks are sent whole',
    'respect_context_window',
  ),
  ...createNoUse('one model an agent', 'function_calling_llm'),
  ...createNoUse(CODE, 'step_callback', 'system_template', 'prompt_template', 'response_template'),
  ...createNoUse('give it a tool that executes code', 'allow_code_execution', 'code_execution_mode'),
  ...createNoUse('there always is one', 'use_system_prompt'),
  ...createNoUse('texts only', 'multimodal'),
  ...createNoUse('pass the date as an input', 'inject_date', 'date_format'),
  ...createNoUse('models decide about reasoning', 'reasoning', 'max_reasoning_attempts'),
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

/** The known key closest to this spelling. */
export function findNearestKey(key: string, known: Keys): string | undefined {
  return findNearest(key.replaceAll('-', '_'), Object.keys(known));
}
