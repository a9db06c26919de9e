/** The agents that a crew makes for itself: a manager, and who judges conditions in words. */
import { agent, type AgentDefinition } from '../../../contracts/definitions/agent.js';

/** In the words of CrewAI. */
export function createManager(crew: string, model: string): AgentDefinition {
  return agent<string, unknown, unknown>({
    name: `${crew}_manager`,
    role: 'the manager of a crew',
    goal: 'Manage the crew so that each task is done in the best way possible.',
    instructions:
      'You are a seasoned manager with a knack for getting the best out of your team. You delegate work to the right people, ' +
      'and validate what they give before it is used. You do no task yourself.',
    model,
  });
}

export function createJudge(crew: string, model: string): AgentDefinition {
  return agent<string, unknown, unknown>({
    name: `${crew}_guardrail`,
    role: 'a strict reviewer',
    goal: 'Say whether an output meets a condition, and what is missing where it does not.',
    model,
  });
}
