/** The keys that CrewAI's files have: what each means here, and which have no effect. */

/** What is done with a key. */
export type KeyUse =
  | { readonly use: 'taken' }
  /** It is known, and what it asks for is not done; why not, in words. */
  | { readonly use: 'none'; readonly why: string };

const TAKEN: KeyUse = { use: 'taken' };
const createNoUse = (why: string): KeyUse => ({ use: 'none', why });

const LIMITS = createNoUse('use the budgets of Baton: turns, tokens, cost, wallTime');
const LOOKS = createNoUse('every run tells what it does: baton show');
const CODE = createNoUse('it names code, which files cannot hold: write the crew in TypeScript for it');

export const AGENT_KEYS: Readonly<Record<string, KeyUse>> = {
  role: TAKEN,
  goal: TAKEN,
  backstory: TAKEN,
  tools: TAKEN,
  llm: TAKEN,
  allow_delegation: TAKEN,
  max_iter: TAKEN,
  verbose: LOOKS,
  memory: createNoUse('agents share what they know by memory(), declared in TypeScript'),
  cache: createNoUse('a result that is there is not fetched again by a replay'),
  max_rpm: LIMITS,
  max_execution_time: LIMITS,
  max_retry_limit: createNoUse('failures are retried by the recovery policy'),
  max_tokens: LIMITS,
  respect_context_window: createNoUse('what does not fit is summarised by itself'),
  function_calling_llm: createNoUse('one model an agent'),
  step_callback: CODE,
  system_template: CODE,
  prompt_template: CODE,
  response_template: CODE,
  allow_code_execution: createNoUse('give it a tool that executes code'),
  code_execution_mode: createNoUse('give it a tool that executes code'),
  use_system_prompt: createNoUse('there always is one'),
  multimodal: createNoUse('texts only'),
  inject_date: createNoUse('pass the date as an input'),
  date_format: createNoUse('pass the date as an input'),
  reasoning: createNoUse('models reason by themselves'),
  max_reasoning_attempts: createNoUse('models reason by themselves'),
  knowledge_sources: CODE,
  embedder: CODE,
  temperature: createNoUse('configure the model under "models"'),
};

export const TASK_KEYS: Readonly<Record<string, KeyUse>> = {
  description: TAKEN,
  expected_output: TAKEN,
  agent: TAKEN,
  context: TAKEN,
  tools: TAKEN,
  async_execution: TAKEN,
  human_input: TAKEN,
  output_file: TAKEN,
  guardrail: TAKEN,
  guardrails: TAKEN,
  guardrail_max_retries: TAKEN,
  max_retries: TAKEN,
  name: createNoUse('a task is named by its key'),
  create_directory: createNoUse('folders are made as they are needed'),
  markdown: createNoUse('say so in expected_output'),
  verbose: LOOKS,
  callback: CODE,
  config: CODE,
  converter_cls: CODE,
  output_json: CODE,
  output_pydantic: CODE,
  response_model: CODE,
  condition: CODE,
  security_config: CODE,
  input_files: CODE,
  allow_crewai_trigger_context: CODE,
};

/** The known key that somebody may have meant: at most two letters away. */
export function findNearestKey(key: string, known: Readonly<Record<string, KeyUse>>): string | undefined {
  const plain = key.toLowerCase().replaceAll('-', '_');
  const [best] = Object.keys(known)
    .map((name) => ({ name, away: computeDistance(plain, name) }))
    .toSorted((a, b) => a.away - b.away);
  return best !== undefined && best.away <= 2 ? best.name : undefined;
}

/** How many letters have to be put in, taken out or changed. */
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
