/** How long one step may take at most, where both sides of it must agree. */

/**
 * One attempt of an activity that asks a model, in milliseconds. A model is given less (see `timeoutMs` of
 * `openaiModel`), so that it is the model's failure that a run tells of, and not the step's. A killed worker is noticed
 * much sooner, by its heartbeat.
 */
export const MODEL_STEP_MS = 10 * 60_000;

/** The longest that a model may be given for one answer, in milliseconds. */
export const MODEL_ANSWER_MS = 9 * 60_000;
